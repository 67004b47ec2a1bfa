import type { Schemas } from '@/lib/api/client';
import type { OrderLine } from './queries';

/** What was typed for a product of a draft. */
export type Drafted = Record<number, string>;
type Bought = Schemas['BoughtRequest'];

/** The lines a draft would have, or null where nothing was changed. A line of nothing is left out. */
export function changedLines(lines: OrderLine[], drafted: Drafted): Bought[] | null {
  const typed = (line: OrderLine) => {
    const text = drafted[line.product];
    return text === undefined ? line.ordered : Number(text);
  };
  if (lines.every((line) => typed(line) === line.ordered)) return null;
  return lines.flatMap((line) => {
    const quantity = typed(line);
    if (quantity === 0) return [];
    return [
      {
        product: line.product,
        quantity,
        ...(line.unit_cost !== undefined && { unit_cost: line.unit_cost }),
      },
    ];
  });
}

/** What arrived of a product, as it is typed or scanned: text, so that half a number can stand there. */
export type Arrived = { good: string; damaged: string; rejected: string };
export type Arrivals = Record<number, Arrived>;
export const NOTHING: Arrived = { good: '0', damaged: '0', rejected: '0' };

/** Most deliveries are as ordered: all that is outstanding stands there to begin with. */
export const asOrdered = (lines: OrderLine[]): Arrivals =>
  Object.fromEntries(lines.map((line) => [line.product, { ...NOTHING, good: String(line.outstanding) }]));

export const nothingYet = (lines: OrderLine[]): Arrivals =>
  Object.fromEntries(lines.map((line) => [line.product, { ...NOTHING }]));

/** One scan more; null for what was not ordered. */
export function scanned(arrivals: Arrivals, product: number, units: number): Arrivals | null {
  const arrived = arrivals[product];
  if (!arrived) return null;
  const good = String((Number(arrived.good) || 0) + units);
  return { ...arrivals, [product]: { ...arrived, good } };
}

const parts = (arrived: Arrived) => [arrived.good, arrived.damaged, arrived.rejected].map(Number);
export const isWrong = (text: string): boolean => text.trim() === '' || !(Number(text) >= 0);

export type Verdict = { kind: 'short' | 'over' | 'right'; units: number };

/** How what arrived compares with what is outstanding. Rejected units are still owed. */
export function verdict(line: OrderLine, arrived: Arrived): Verdict {
  const [good = 0, damaged = 0] = parts(arrived);
  const units = Math.round((good + damaged - line.outstanding) * 1000) / 1000;
  return { kind: units < 0 ? 'short' : units > 0 ? 'over' : 'right', units: Math.abs(units) };
}

type Sent = { product: number; quantity?: number; damaged?: number; rejected?: number };

/** The lines as the API takes them: those of which anything arrived. */
export function arrivedLines(lines: OrderLine[], arrivals: Arrivals): Sent[] {
  return lines.flatMap((line) => {
    const [quantity = 0, damaged = 0, rejected = 0] = parts(arrivals[line.product] ?? NOTHING);
    if (quantity + damaged + rejected === 0) return [];
    return [{ product: line.product, quantity, ...(damaged && { damaged }), ...(rejected && { rejected }) }];
  });
}
