/** What was typed into a quantity: `+5` and `-3` change it, `=20` and `20` set it. */
export type Typed = { delta: number } | { error: 'not_a_number' | 'too_fine' | 'no_change' };

const SHAPE = /^([+\-−=])?\s*(\d+(?:[.,]\d*)?|[.,]\d+)$/;
const STEPS = 1000; // the ledger keeps three decimals

/** The change that turns `held` into what was meant. */
export function readQuantity(text: string, held: number): Typed {
  const match = SHAPE.exec(text.trim());
  if (!match) return { error: 'not_a_number' };
  const [, sign, digits = ''] = match;
  const normal = digits.replace(',', '.');
  if ((normal.split('.')[1] ?? '').length > 3) return { error: 'too_fine' };
  const value = Number(normal);
  const delta = sign === '+' ? value : sign === '-' || sign === '−' ? -value : value - held;
  const exact = Math.round(delta * STEPS) / STEPS;
  return exact === 0 ? { error: 'no_change' } : { delta: exact };
}

/** Whether a number was set, not added to or taken away from: then it matters what it was set over. */
export const isSet = (text: string): boolean => !/^[+\-−]/.test(text.trim());
