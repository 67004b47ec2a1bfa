import { expect, test } from 'vitest';
import { isSet, readQuantity } from './cell';

test.each([
  ['+5', 10, 5],
  ['-3', 10, -3],
  ['−3', 10, -3],
  ['=20', 12, 8],
  ['20', 12, 8],
  [' = 0 ', 12, -12],
  ['+0,25', 1, 0.25],
  ['.5', 0.2, 0.3],
  ['1.1', 0.3, 0.8],
])('%s typed over %d changes it by %d', (text, held, delta) => {
  expect(readQuantity(text, held)).toEqual({ delta });
});

test.each([
  ['', 'not_a_number'],
  ['a few', 'not_a_number'],
  ['1e3', 'not_a_number'],
  ['--3', 'not_a_number'],
  ['5+5', 'not_a_number'],
  ['1.2345', 'too_fine'],
  ['=7', 'no_change'],
  ['+0', 'no_change'],
])('%s is refused as %s', (text, error) => {
  expect(readQuantity(text, 7)).toEqual({ error });
});

test('a number alone sets, with a sign it changes', () => {
  expect(['20', '=20', ' 5 '].map(isSet)).toEqual([true, true, true]);
  expect(['+5', '-3', '−3', ' +1'].map(isSet)).toEqual([false, false, false, false]);
});
