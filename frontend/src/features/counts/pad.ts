/** What one person is counting: what is in hand, what waits to be sent, what was refused. Kept on the device. */
import type { Named, Scanned } from '@/lib/scan';

export type Item = {
  /** Names this entry: however often it is sent, it counts once. */
  key: string;
  code: string;
  /** Null while the code could not be looked up, because the connection was gone. */
  product: Named | null;
  /** Null until something was typed for a product that was chosen by its name. */
  quantity: number | null;
  /** Typed by hand: what a code stands for does not multiply it. */
  typed: boolean;
  place: string;
  at: string;
};

export type Refused = { item: Item; why: string };
export type Pad = { current: Item | null; waiting: Item[]; refused: Refused[]; place: string };
/** When it is, and the key of what may begin now. */
export type Moment = { key: string; at: string };

export const EMPTY: Pad = { current: null, waiting: [], refused: [], place: '' };
const STEPS = 1000;
const exact = (value: number): number => Math.round(value * STEPS) / STEPS;

/** What is in hand goes to what waits to be sent. Nothing typed is nothing found out. */
export function done(pad: Pad): Pad {
  const { current } = pad;
  if (!current) return pad;
  const waiting = current.quantity === null ? pad.waiting : [...pad.waiting, current];
  return { ...pad, current: null, waiting };
}

function begin(pad: Pad, item: Pick<Item, 'code' | 'product' | 'quantity'>, { key, at }: Moment): Pad {
  return { ...done(pad), current: { ...item, key, at, typed: false, place: pad.place } };
}

/** One scan: one more of what is in hand, or the first of another product. */
export function scanned(pad: Pad, code: string, found: Scanned | null, moment: Moment): Pad {
  const { current } = pad;
  const each = found?.units ?? 1;
  const isSame = found
    ? current?.product?.id === found.id
    : current !== null && current.product === null && current.code === code;
  if (current && isSame) {
    const quantity = exact((current.quantity ?? 0) + each);
    return { ...pad, current: { ...current, quantity, at: moment.at } };
  }
  const product = found && { id: found.id, name: found.name, sku: found.sku };
  return begin(pad, { code, product, quantity: each }, moment);
}

/** A product chosen by its name, to be counted by eye. */
export function picked(pad: Pad, product: Named, moment: Moment): Pad {
  if (pad.current?.product?.id === product.id) return pad;
  return begin(pad, { code: product.sku, product, quantity: null }, moment);
}

export function typed(pad: Pad, quantity: number | null, at: string): Pad {
  const { current } = pad;
  if (!current) return pad;
  const value = quantity === null ? null : Math.max(0, exact(quantity));
  return { ...pad, current: { ...current, quantity: value, typed: true, at } };
}

/** One more or one less of what is in hand: what came by scanning is still counted by scans. */
export function stepped(pad: Pad, by: number, at: string): Pad {
  const { current } = pad;
  if (!current) return pad;
  return { ...pad, current: { ...current, quantity: Math.max(0, exact((current.quantity ?? 0) + by)), at } };
}

/** What a code turned out to stand for, once it could be asked. */
export function resolved(item: Item, found: Scanned): Item {
  const { id, name, sku, units } = found;
  const quantity = item.quantity === null || item.typed ? item.quantity : exact(item.quantity * units);
  return { ...item, product: { id, name, sku }, quantity };
}

export function learned(pad: Pad, item: Item): Pad {
  return { ...pad, waiting: pad.waiting.map((one) => (one.key === item.key ? item : one)) };
}

export function sent(pad: Pad, keys: Set<string>): Pad {
  return { ...pad, waiting: pad.waiting.filter(({ key }) => !keys.has(key)) };
}

/** Refused for good: sending it again would be refused again, so a person has to look. */
export function refused(pad: Pad, why: Map<string, string>): Pad {
  const found = pad.waiting.filter(({ key }) => why.has(key));
  return {
    ...sent(pad, new Set(why.keys())),
    refused: [...pad.refused, ...found.map((item) => ({ item, why: why.get(item.key) ?? '' }))],
  };
}

export function forgotten(pad: Pad, key: string): Pad {
  return { ...pad, refused: pad.refused.filter(({ item }) => item.key !== key) };
}

const isPad = (value: unknown): value is Pad =>
  typeof value === 'object' && value !== null && Array.isArray((value as Pad).waiting);

/** What the device kept; anything else is as if it had kept nothing. */
export function restored(text: string | null): Pad {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isPad(value) ? { ...EMPTY, ...value } : EMPTY;
  } catch {
    return EMPTY;
  }
}
