import { expect, test } from 'vitest';
import { fill } from '.';
import { en } from './en';
import { es } from './es';
import { ur } from './ur';

const holes = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

test.each([
  ['es', es],
  ['ur', ur],
])('%s fills the same holes as English', (_, words) => {
  for (const [key, text] of Object.entries(words)) {
    expect(holes(text), key).toEqual(holes(en[key as keyof typeof en]));
  }
});

test('a hole without a value stays to be seen, and no value is read as markup', () => {
  expect(fill('{count} rows of {what}', { count: 3 })).toBe('3 rows of {what}');
  expect(fill('{name}', { name: '<b>{name}</b>' })).toBe('<b>{name}</b>');
});
