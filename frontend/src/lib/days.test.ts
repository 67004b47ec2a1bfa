import { expect, test } from 'vitest';
import { storeDay } from './days';

test.each([
  ['Europe/Madrid', '2026-11-21T23:30:00Z', 0, '2026-11-22'],
  ['America/New_York', '2026-11-22T03:00:00Z', 0, '2026-11-21'],
  ['Asia/Karachi', '2026-12-31T20:00:00Z', 7, '2027-01-08'],
])('in %s at %s, %s days ahead, it is %s', (zone, now, ahead, day) => {
  expect(storeDay(zone, ahead, Date.parse(now))).toBe(day);
});
