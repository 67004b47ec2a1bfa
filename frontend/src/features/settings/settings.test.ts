import { expect, test } from 'vitest';
import { wordsOf } from '@/components/select';
import { scopesOf } from './token-form';
import { prefixesOf } from './webhook-form';

test('a token names what it may, and nothing of what it may not', () => {
  const rights = { stock: 'write', catalog: 'read', stores: 'none', reports: 'none', audit: 'none' } as const;
  expect(scopesOf({ ...rights, accounts: 'none' }, false)).toEqual(['stock:write', 'catalog:read']);
  expect(scopesOf({ ...rights, accounts: 'read' }, true)).toEqual([
    'stock:write',
    'catalog:read',
    'accounts:read',
    'costs:read',
  ]);
});

test('an event belongs to all that its name begins with', () => {
  expect(prefixesOf('stock.movement.applied')).toEqual(['stock.', 'stock.movement.']);
  expect(prefixesOf('alert.raised')).toEqual(['alert.']);
});

test('a choice that is not fetched yet says what is chosen, by its label', () => {
  const stores = [
    { value: '3', label: 'Main street' },
    { value: '4', label: 'Harbour' },
  ];
  expect(wordsOf(stores, ['4', '3'])).toBe('Harbour, Main street');
  expect(wordsOf([{ group: 'Open', items: stores }], ['3'])).toBe('Main street');
  expect(wordsOf(['EUR', 'USD'], ['USD'])).toBe('USD');
  expect(wordsOf(stores, [])).toBe('');
});
