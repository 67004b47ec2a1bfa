import { expect, test } from 'vitest';
import { fill } from '@/lib/i18n';
import { en } from '@/lib/i18n/en';
import { ageWords } from './age';

const t = (key: keyof typeof en) => fill(en[key]);

test('an age is said in the unit that says it, and what never was is not an age', () => {
  expect(ageWords(0.4, 'en', t)).toBe('0 seconds ago');
  expect(ageWords(89, 'en', t)).toBe('89 seconds ago');
  expect(ageWords(600, 'en', t)).toBe('10 minutes ago');
  expect(ageWords(7200, 'en', t)).toBe('2 hours ago');
  expect(ageWords(259_200, 'en', t)).toBe('3 days ago');
  expect(ageWords(null, 'en', t)).toBe('none yet');
});
