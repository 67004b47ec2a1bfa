import { expect, test } from 'vitest';
import { lacking, mappingOf, meaningsOf, readHeader } from './columns';

test('the first line is read whatever separates it, with marks, quotes and line ends inside', () => {
  expect(readHeader('\uFEFFArtikel;Menge;"Tag; Monat"\r\n1;2;3')).toEqual(['Artikel', 'Menge', 'Tag; Monat']);
  expect(readHeader('sku,"two\nlines",date\n')).toEqual(['sku', 'two\nlines', 'date']);
  expect(readHeader('only')).toEqual(['only']);
});

test('meanings go to the API and come back the same; a dropped column is sent as not used', () => {
  const mapping = { sku: 'Artikel', quantity: 'Menge' };
  const meanings = meaningsOf(['Artikel', 'Menge', 'Notiz'], mapping);
  expect(meanings).toEqual({ Artikel: 'sku', Menge: 'quantity', Notiz: '' });
  expect(mappingOf(meanings, mapping)).toEqual(mapping);
  expect(mappingOf({ ...meanings, Menge: '' }, mapping)).toEqual({ sku: 'Artikel', quantity: '' });
});

test('what a kind needs and what is named twice is said before it is sent', () => {
  const meanings = { a: 'sku', b: 'quantity', c: 'quantity' } as const;
  expect(lacking(meanings, 'sales')).toEqual({ twice: ['quantity'], missing: ['date'], noProduct: false });
  expect(lacking({ a: 'quantity', b: 'date' }, 'sales').noProduct).toBe(true);
  expect(lacking({ a: 'name' }, 'suppliers')).toEqual({ twice: [], missing: [], noProduct: false });
});
