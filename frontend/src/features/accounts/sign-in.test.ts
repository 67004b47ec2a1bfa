import { expect, test } from 'vitest';
import { safeNext } from './sign-in';

test('after signing in one goes on where one wanted to, on this site only', () => {
  expect(safeNext('/stock/?status=low')).toBe('/stock/?status=low');
  for (const elsewhere of [null, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'stock']) {
    expect(safeNext(elsewhere)).toBe('/');
  }
});
