import { expect, test } from 'vitest';
import { outdated } from './live';

test('a movement makes stock, movements, sales and the overview old, and nothing of the catalogue', () => {
  const words = outdated([{ object_type: 'movement', action: 'stock.movement.applied' }]);
  expect([...words].sort()).toEqual(['movements', 'overview', 'sales', 'stock']);
});

test('what this screen does not know of changes nothing, unless it moves stock', () => {
  expect(outdated([{ object_type: 'member', action: 'accounts.member.changed' }]).size).toBe(0);
  expect(outdated([{ object_type: 'count', action: 'stock.count.approved' }]).has('stock')).toBe(true);
});

test('orders, alerts and proposals are read again by those who show them', () => {
  const words = outdated([
    { object_type: 'purchase', action: 'stock.purchase.received' },
    { object_type: 'alert', action: 'alert.closed' },
    { object_type: 'restock_line', action: 'forecasting.line.accepted' },
  ]);
  expect([...words].sort()).toEqual(['alerts', 'orders', 'overview', 'restock', 'stock']);
});
