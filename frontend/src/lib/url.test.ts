import { expect, test } from 'vitest';
import { changed, href } from './url';

test('a change keeps what it does not name and takes out what is empty', () => {
  expect(changed('q=tea&store=3&status=low', { q: '', status: null })).toBe('store=3');
  expect(changed('?store=3', { q: 'green tea' })).toBe('q=green+tea&store=3');
});

test('a list repeats its name, in place of the former one', () => {
  expect(changed('status=low', { status: ['out', 'negative'] })).toBe('status=out&status=negative');
});

test('the same state has one address, whatever the order it was chosen in', () => {
  expect(changed('b=2', { a: '1' })).toBe(changed('a=1', { b: '2' }));
});

test('a link to another screen takes the chosen store along and nothing else', () => {
  expect(href('/stock/', 'store=3&q=tea', { status: ['low'] })).toBe('/stock/?status=low&store=3');
  expect(href('/stock/', 'q=tea')).toBe('/stock/');
});
