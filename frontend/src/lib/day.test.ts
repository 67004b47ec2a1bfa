import { expect, test } from 'vitest';
import { beginOfDay, isDay } from './day';

test('a day begins by the clock of its zone, also when the clock is changed that day', () => {
  expect(beginOfDay('2026-11-21', 'UTC')).toBe('2026-11-21T00:00:00.000Z');
  expect(beginOfDay('2026-11-21', 'Asia/Karachi')).toBe('2026-11-20T19:00:00.000Z');
  expect(beginOfDay('2026-11-21', 'Asia/Karachi', 1)).toBe('2026-11-21T19:00:00.000Z');
  expect(beginOfDay('2026-03-29', 'Europe/Madrid')).toBe('2026-03-28T23:00:00.000Z');
  expect(beginOfDay('2026-03-29', 'Europe/Madrid', 1)).toBe('2026-03-29T22:00:00.000Z');
  expect(beginOfDay('2026-11-01', 'America/New_York', 1)).toBe('2026-11-02T05:00:00.000Z');
});

test('only a date is a day', () => {
  expect(isDay('2026-11-21')).toBe(true);
  for (const text of ['', '2026-13-41', '21.11.2026', '2026-11-21T00:00:00Z'])
    expect(isDay(text)).toBe(false);
});
