import { expect, test } from 'vitest';
import { difference, stepsOf } from './steps';

const person = (role: 'staff' | 'manager', stores: number[] | null, transfers_need_approval = false) => ({
  role,
  stores,
  organization: { transfers_need_approval },
});
const at = (status: Parameters<typeof stepsOf>[0]['status']) => ({ status, from_store: 1, to_store: 2 });

test('goods are sent by who works where they are, and received by who works where they go', () => {
  expect(stepsOf(at('requested'), person('staff', [1]))).toEqual(['dispatch', 'cancel']);
  expect(stepsOf(at('requested'), person('staff', [2]))).toEqual(['cancel']);
  expect(stepsOf(at('dispatched'), person('staff', [2]))).toEqual(['receive']);
  expect(stepsOf(at('dispatched'), person('staff', [1]))).toEqual(['send_back']);
});

test('a loss is written off by a manager of the destination only', () => {
  expect(stepsOf(at('partially_received'), person('manager', [2]))).toEqual(['receive', 'write_off']);
  expect(stepsOf(at('partially_received'), person('manager', [1]))).toEqual(['send_back']);
});

test('where approval is needed nothing is sent without it', () => {
  expect(stepsOf(at('requested'), person('staff', null, true))).toEqual(['cancel']);
  expect(stepsOf(at('requested'), person('manager', null, true))[0]).toBe('approve');
  expect(stepsOf(at('approved'), person('staff', null, true))[0]).toBe('dispatch');
});

test('nothing is left to do once it is over', () => {
  expect(stepsOf(at('closed'), person('manager', null))).toEqual([]);
  expect(stepsOf(at('cancelled'), person('manager', null))).toEqual([]);
});

test('damaged units have arrived; what is missing is below zero, without the dust of binary fractions', () => {
  expect(difference({ in_transit: 10 }, { quantity: 7, damaged: 1 })).toBe(-2);
  expect(difference({ in_transit: 10 }, { quantity: '11', damaged: '' })).toBe(1);
  expect(difference({ in_transit: 0.3 }, { quantity: 0.1, damaged: 0.2 })).toBe(0);
});
