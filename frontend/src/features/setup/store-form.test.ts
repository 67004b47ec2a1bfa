import { expect, test } from 'vitest';
import { codeOf } from './store-form';

test('a store is offered a code out of its name', () => {
  expect(codeOf('Main street 5')).toBe('MAIN-STREET');
  expect(codeOf(' Málaga, Centro ')).toBe('MALAGA-CENTR');
  expect(codeOf('دکان')).toBe('');
});
