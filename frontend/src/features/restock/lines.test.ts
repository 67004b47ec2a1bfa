import { expect, test } from 'vitest';
import { byUrgency, costOf, groupsOf, type Line, movedLines, papersOf, severityOf, sumOf } from './lines';

const line = (values: Partial<Line>): Line =>
  ({
    id: 1,
    store: 1,
    store_name: 'North',
    source: 'buy',
    supplier: 5,
    supplier_name: 'Northern Foods',
    from_store: null,
    from_store_name: null,
    quantity: 10,
    chosen: null,
    unit_cost: 2,
    days_of_cover: 3,
    rank: 1,
    ...values,
  }) as Line;

test.each([
  [-2, 'critical'],
  [0.9, 'critical'],
  [1, 'high'],
  [6.9, 'high'],
  [7, 'medium'],
  [null, 'medium'],
])('%s days of cover are %s', (days, severity) => {
  expect(severityOf({ days_of_cover: days })).toBe(severity);
});

test('the most urgent comes first, and of those the best use of money', () => {
  const sorted = byUrgency([
    line({ id: 1, days_of_cover: 20, rank: 1 }),
    line({ id: 2, days_of_cover: 0, rank: 9 }),
    line({ id: 3, days_of_cover: 0.5, rank: 4 }),
  ]);
  expect(sorted.map(({ id }) => id)).toEqual([3, 2, 1]);
});

test('what a person chose is what it costs; goods of another store cost nothing; hidden costs stay unknown', () => {
  expect(costOf(line({ chosen: 4 }))).toBe(8);
  expect(costOf(line({ source: 'transfer', from_store: 2 }))).toBe(0);
  const { unit_cost: _, ...hidden } = line({});
  expect(sumOf([line({}), hidden as Line])).toEqual({ lines: 2, units: 20, cost: null });
});

test('lines become one paper for each supplier and store, and one for each two stores', () => {
  const lines = [
    line({ id: 1 }),
    line({ id: 2, quantity: 5 }),
    line({ id: 3, store: 2, store_name: 'South' }),
    line({ id: 4, source: 'transfer', supplier: null, from_store: 2, from_store_name: 'South', quantity: 3 }),
  ];
  expect(papersOf(lines).map(({ kind, from, to, sum }) => [kind, from, to, sum.lines, sum.cost])).toEqual([
    ['buy', 'Northern Foods', 'North', 2, 30],
    ['buy', 'Northern Foods', 'South', 1, 20],
    ['transfer', 'South', 'North', 1, 0],
  ]);
});

test('groups stand with their most urgent line', () => {
  const lines = [
    line({ id: 1, days_of_cover: 9 }),
    line({ id: 2, supplier: 6, supplier_name: 'Late Mills', days_of_cover: 8 }),
    line({ id: 3, supplier: 6, days_of_cover: 0 }),
  ];
  expect(groupsOf(lines, 'from').map(({ name, worst, lines: own }) => [name, worst, own.length])).toEqual([
    ['Late Mills', 'critical', 2],
    ['Northern Foods', 'medium', 1],
  ]);
});

test('a refusal says which lines would be ordered otherwise now', () => {
  const sent = {
    lines: { '17': { position: 3, position_now: 9, quantity: '24.000', quantity_now: '12.000' } },
  };
  expect(movedLines(sent)).toEqual([{ id: 17, before: 24, now: 12 }]);
  expect(movedLines({})).toEqual([]);
});
