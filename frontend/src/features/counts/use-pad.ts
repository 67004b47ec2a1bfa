'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { newKey } from '@/lib/api/client';
import { ApiError } from '@/lib/api/errors';
import { findByCode } from '@/lib/scan';
import * as pads from './pad';
import { enter, useAfterCount } from './queries';

const AGAIN = 4_000;
const AT_A_TIME = 200;
const MAY_PASS = new Set([0, 401, 408, 429, 502, 503, 504]);
const mayPass = (error: unknown): boolean =>
  !(error instanceof ApiError) || MAY_PASS.has(error.status) || error.status >= 500;

const placeOf = (organization: number, person: number, count: number) =>
  `onhand-count-${organization}-${person}-${count}`;

export const moment = (): pads.Moment => ({ key: newKey(), at: new Date().toISOString() });

export type Sending = 'idle' | 'sending' | 'waiting';

/** The pad of one count on this device. It outlives a reload; what is put away is sent as soon as there is a way. */
export function usePad(who: { organization: number; person: number }, count: number) {
  const place = placeOf(who.organization, who.person, count);
  const [pad, setPad] = useState<pads.Pad>(() => pads.restored(window.localStorage.getItem(place)));
  const [sending, setSending] = useState<Sending>('idle');
  const [tries, setTries] = useState(0);
  const after = useRef(useAfterCount());
  const busy = useRef(false);

  const change = useCallback(
    (next: (pad: pads.Pad) => pads.Pad) =>
      setPad((now) => {
        const changed = next(now);
        window.localStorage.setItem(place, JSON.stringify(changed));
        return changed;
      }),
    [place],
  );

  const hasWaiting = pad.waiting.length > 0;
  const latest = useRef(pad);
  latest.current = pad;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each try is a turn of its own
  useEffect(() => {
    if (!hasWaiting || busy.current) return undefined;
    busy.current = true;
    setSending('sending');
    void deliver(count, latest.current.waiting.slice(0, AT_A_TIME), change).then((isDone) => {
      busy.current = false;
      setSending(isDone ? 'idle' : 'waiting');
      if (isDone) after.current();
      setTimeout(() => setTries((n) => n + 1), isDone ? 0 : AGAIN);
    });
    return undefined;
  }, [hasWaiting, tries, count, change]);

  useEffect(() => {
    const again = () => setTries((n) => n + 1);
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, []);

  return { pad, change, sending };
}

type Change = (next: (pad: pads.Pad) => pads.Pad) => void;

/** Sends what waits; false when it has to be tried again. What is refused is taken out, and the rest goes on. */
async function deliver(count: number, waiting: pads.Item[], change: Change): Promise<boolean> {
  try {
    const items = await lookedUp(waiting, change);
    if (items.length === 0) return true;
    await enter(
      count,
      items.map(({ key, product, quantity, place, at }) => ({
        product: product?.id,
        quantity: quantity ?? 0,
        counted_at: at,
        idempotency_key: key,
        ...(place && { place }),
      })),
    );
    change((pad) => pads.sent(pad, new Set(items.map(({ key }) => key))));
    return true;
  } catch (error) {
    if (mayPass(error) || !(error instanceof ApiError)) return false;
    change((pad) => pads.refused(pad, whyNot(error, pad.waiting.slice(0, AT_A_TIME))));
    return true;
  }
}

/** The items whose product is known by now. A code that no product has is refused here. */
async function lookedUp(waiting: pads.Item[], change: Change): Promise<pads.Item[]> {
  const items: pads.Item[] = [];
  for (const item of waiting) {
    if (item.product) {
      items.push(item);
      continue;
    }
    const found = await findByCode(item.code);
    if (found) {
      const known = pads.resolved(item, found);
      change((pad) => pads.learned(pad, known));
      items.push(known);
    } else change((pad) => pads.refused(pad, new Map([[item.key, '']])));
  }
  return items;
}

/** The sentence for each refused item; when the API names no rows, all of them were refused. */
function whyNot(error: ApiError, items: pads.Item[]): Map<string, string> {
  const rows = error.rows('rows');
  const named = items.flatMap(({ key }, index) => {
    const why = rows[index + 1];
    return why === undefined ? [] : [[key, why] as const];
  });
  return new Map(named.length > 0 ? named : items.map(({ key }) => [key, error.message]));
}
