import { expect, test } from 'vitest';
import { formatter } from '@/lib/format';
import { fill } from '@/lib/i18n';
import { en } from '@/lib/i18n/en';
import type { Store } from '@/lib/session';
import { actionWords, differences, type Reader, summary, valueWords } from './words';

const reader: Reader = {
  t: (key, values) => fill(en[key], values),
  format: formatter('en', { timeZone: 'UTC', currency: 'USD' }),
  storeOf: (id) => (id === 3 ? ({ id: 3, name: 'Main street' } as Store) : undefined),
};

test('an action is said without its room', () => {
  expect(actionWords('catalog.product.updated', reader.t)).toBe('Product updated');
  expect(actionWords('stock.purchase.not_mailed', reader.t)).toBe('Purchase order not mailed');
  expect(actionWords('alert.raised', reader.t)).toBe('Alert raised');
});

test('values are words: stores by name, nothing as nothing, instants by the clock', () => {
  expect(valueWords('stores', [3, 4], reader)).toBe('Main street, 4');
  expect(valueWords('sale_price', null, reader)).toBe('nothing');
  expect(valueWords('is_active', false, reader)).toBe('No');
  expect(valueWords('product_id', 1234, reader)).toBe('1234');
  expect(valueWords('quantity', 1234.5, reader)).toBe('1,234.5');
  expect(valueWords('expires_at', '2026-11-21T09:15:02Z', reader)).toContain('9:15');
});

test('only what changed is a difference, and a list says it in one line', () => {
  const entry = {
    before: { sale_price: 3.2, name: 'Tea' },
    after: { sale_price: 3.5, name: 'Tea' },
  } as never;
  expect(differences(entry).map(({ name }) => name)).toEqual(['sale price']);
  expect(summary(entry, reader)).toBe('sale price: 3.2 → 3.5');
  expect(summary({ before: null, after: { name: 'Tea' } } as never, reader)).toBe('name: Tea');
});
