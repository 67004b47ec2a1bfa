import { expect, test } from 'vitest';
import { arrivedLines, asOrdered, changedLines, isWrong, nothingYet, scanned, verdict } from './amounts';
import type { OrderLine } from './queries';

const line = (product: number, outstanding: number, more: Partial<OrderLine> = {}): OrderLine =>
  ({ product, ordered: outstanding, outstanding, unit_cost: 2, ...more }) as OrderLine;
const lines = [line(1, 12), line(2, 5)];

test('a delivery begins as ordered; one that is scanned begins with nothing', () => {
  expect(arrivedLines(lines, asOrdered(lines))).toEqual([
    { product: 1, quantity: 12 },
    { product: 2, quantity: 5 },
  ]);
  const once = scanned(nothingYet(lines), 1, 6);
  const twice = once && scanned(once, 1, 6);
  expect(twice && arrivedLines(lines, twice)).toEqual([{ product: 1, quantity: 12 }]);
  expect(scanned(nothingYet(lines), 99, 1)).toBeNull();
});

test('what is short or too much is said; damaged units have arrived, rejected ones are still owed', () => {
  const first = line(1, 12);
  expect(verdict(first, { good: '10', damaged: '2', rejected: '0' })).toEqual({ kind: 'right', units: 0 });
  expect(verdict(first, { good: '9', damaged: '0', rejected: '3' })).toEqual({ kind: 'short', units: 3 });
  expect(verdict(first, { good: '14.5', damaged: '0', rejected: '0' })).toEqual({ kind: 'over', units: 2.5 });
  expect(['', ' ', '-1', 'x', '0', '2.5'].map(isWrong)).toEqual([true, true, true, true, false, false]);
});

test('a draft that was not changed is not written; a line of nothing is taken out', () => {
  expect(changedLines(lines, { 1: '12' })).toBeNull();
  expect(changedLines(lines, { 1: '24', 2: '0' })).toEqual([{ product: 1, quantity: 24, unit_cost: 2 }]);
});
