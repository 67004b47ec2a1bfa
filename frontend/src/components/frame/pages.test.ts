import { expect, test } from 'vitest';
import { PAGES } from './pages';

test('every screen has an address and a key of its own, and a phone has room for four', () => {
  expect(new Set(PAGES.map(({ path }) => path)).size).toBe(PAGES.length);
  expect(new Set(PAGES.map(({ key }) => key)).size).toBe(PAGES.length);
  expect(PAGES.filter(({ phone }) => phone).length).toBeLessThanOrEqual(4);
});
