import { expect, test } from 'vitest';
import { formatter } from './format';

const karachi = formatter('en-PK', { timeZone: 'Asia/Karachi', currency: 'PKR' });
const berlin = formatter('de', { timeZone: 'Europe/Berlin', currency: 'EUR' });

test('an instant is shown by the clock of the store', () => {
  expect(karachi.time('2026-11-21T20:30:00Z')).toContain('22');
  expect(karachi.time('2026-11-21T20:30:00Z')).toContain('1:30');
  expect(karachi.time('2026-11-21T20:30:00Z', 'America/New_York')).toContain('21');
});

test('the hour that comes twice in autumn is told apart in the long form', () => {
  const [first, second] = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((at) => berlin.timeLong(at));
  expect(first).not.toBe(second);
});

test('a business day stays the day it is, wherever the reader sits', () => {
  const honolulu = formatter('en', { timeZone: 'Pacific/Honolulu', currency: 'USD' });
  expect(honolulu.day('2026-11-21')).toBe('Nov 21');
});

test('money is in the currency of the store, with its own decimals', () => {
  expect(berlin.money(1234.5)).toMatch(/1\.234,50\s€/);
  expect(berlin.money(1234, 'JPY')).toMatch(/1\.234\s¥/);
});

test('what is not known is a dash, never a zero', () => {
  expect(karachi.money(null)).toBe('–');
  expect(karachi.quantity(undefined)).toBe('–');
  expect(karachi.percent(null)).toBe('–');
  expect(karachi.quantity(0)).toBe('0');
});

test('weighed goods keep their grams, pieces have no decimals', () => {
  expect(karachi.quantity(1.25)).toBe('1.25');
  expect(karachi.quantity(12)).toBe('12');
  expect(karachi.change(3)).toBe('+3');
});

test('days are counted as the language counts them', () => {
  expect(karachi.days(1)).toBe('1 day');
  expect(berlin.days(5)).toBe('5 Tage');
  expect(karachi.daysAgo(3)).toBe('3 days ago');
  expect(karachi.days(null)).toBe('–');
});
