import { expect, test } from 'vitest';
import * as pads from './pad';

const tea = { id: 1, name: 'Tea', sku: 'TEA', units: 1 };
const caseOfTea = { ...tea, units: 12 };
const milk = { id: 2, name: 'Milk', sku: 'MILK', units: 1 };
let turn = 0;
const now = () => ({ key: `key-${++turn}`, at: '2026-05-01T12:00:00Z' });

test('each scan adds one, a case adds what it holds, and another product puts the first one away', () => {
  let pad = pads.scanned(pads.EMPTY, '111', tea, now());
  pad = pads.scanned(pad, '111', tea, now());
  pad = pads.scanned(pad, '999', caseOfTea, now());
  expect(pad.current).toMatchObject({ product: { id: 1 }, quantity: 14 });
  pad = pads.scanned(pad, '222', milk, now());
  expect(pad.current).toMatchObject({ product: { id: 2 }, quantity: 1 });
  expect(pad.waiting).toMatchObject([{ product: { id: 1 }, quantity: 14 }]);
});

test('without a connection scans are kept by their code and multiplied once the code is known', () => {
  let pad = pads.scanned(pads.EMPTY, '999', null, now());
  pad = pads.done(pads.scanned(pad, '999', null, now()));
  const [item] = pad.waiting;
  expect(item).toMatchObject({ product: null, quantity: 2 });
  expect(pads.resolved(item as pads.Item, caseOfTea)).toMatchObject({ product: { id: 1 }, quantity: 24 });
});

test('a number typed by hand stays what it is, whatever the code stands for', () => {
  const pad = pads.done(pads.typed(pads.scanned(pads.EMPTY, '999', null, now()), 30, now().at));
  expect(pads.resolved(pad.waiting[0] as pads.Item, caseOfTea).quantity).toBe(30);
});

test('a product that was chosen and never counted is not counted as none; a typed zero is', () => {
  const chosen = pads.picked(pads.EMPTY, tea, now());
  expect(pads.done(chosen).waiting).toEqual([]);
  expect(pads.done(pads.typed(chosen, 0, now().at)).waiting).toMatchObject([{ quantity: 0 }]);
  expect(pads.stepped(chosen, -1, now().at).current?.quantity).toBe(0);
});

test('what was sent is gone, what was refused waits for a person', () => {
  let pad = pads.done(pads.scanned(pads.EMPTY, '111', tea, now()));
  pad = pads.done(pads.scanned(pad, '222', milk, now()));
  const [first, second] = pad.waiting as [pads.Item, pads.Item];
  pad = pads.sent(pad, new Set([first.key]));
  pad = pads.refused(pad, new Map([[second.key, 'Not recounted.']]));
  expect(pad.waiting).toEqual([]);
  expect(pad.refused).toMatchObject([{ why: 'Not recounted.', item: { product: { id: 2 } } }]);
  expect(pads.forgotten(pad, second.key).refused).toEqual([]);
});

test('a pad comes back as it was left, and nonsense comes back as an empty one', () => {
  const pad = pads.scanned(pads.EMPTY, '111', tea, now());
  expect(pads.restored(JSON.stringify(pad))).toEqual(pad);
  for (const text of [null, '', 'null', '{', '{"waiting": 3}'])
    expect(pads.restored(text)).toEqual(pads.EMPTY);
});
