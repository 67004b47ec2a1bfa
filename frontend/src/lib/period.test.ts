import { expect, test } from 'vitest';
import { isWhole, periodOf, stepOf } from './period';

const address = (text: string) => (name: string) => new URLSearchParams(text).get(name) ?? '';

test('what an address says wrongly is as if it said nothing', () => {
  expect(periodOf(address('period=9y'), '30d')).toEqual({ period: '30d' });
  expect(periodOf(address('period=3m&from=2026-01-01'), '30d')).toEqual({ period: '3m' });
  expect(periodOf(address('period=custom&from=yesterday&to=2026-02-01'), '30d')).toEqual({
    period: 'custom',
    end_date: '2026-02-01',
  });
});

test('days are asked for once they are chosen, and by weeks where they are many', () => {
  expect(isWhole({ period: 'custom' })).toBe(false);
  expect(isWhole({ period: 'custom', start_date: '2026-02-01', end_date: '2026-01-01' })).toBe(false);
  expect(isWhole({ period: 'custom', start_date: '2026-01-01' })).toBe(true);
  expect(stepOf({ period: 'custom', start_date: '2026-01-01', end_date: '2026-02-01' })).toBe('day');
  expect(stepOf({ period: 'custom', start_date: '2025-01-01', end_date: '2026-01-01' })).toBe('week');
  expect(stepOf({ period: '1y' })).toBe('week');
});
