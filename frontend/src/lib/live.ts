'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, take } from '@/lib/api/client';
import { gathering } from '@/lib/news/gather';
import type { Change, Live, Ports, Told } from '@/lib/news/listener';
import { alone, canShare, together } from '@/lib/news/tabs';
import { SESSION_KEY } from '@/lib/session';

export type { Live } from '@/lib/news/listener';

/** A list that was scrolled far is marked as old and read again when it is next looked at, not with every sale. */
const PAGES_READ_AGAIN = 3;

const TOUCHED: Record<string, string[]> = {
  stock: ['stock', 'overview', 'movements'],
  movement: ['stock', 'overview', 'movements', 'sales'],
  product: ['products', 'stock'],
  category: ['categories', 'products'],
  supplier: ['suppliers', 'products'],
  store: ['stores'],
  alert: ['alerts'],
  purchase: ['orders', 'stock', 'overview'],
  restock_line: ['restock'],
  proposal: ['restock'],
  forecast_run: ['restock', 'alerts', 'forecasts'],
  transfer: ['transfers', 'stock', 'overview', 'movements'],
  count: ['counts', 'stock', 'overview', 'movements'],
  reservation: ['reservations', 'stock'],
  import: ['imports', 'stock', 'overview', 'movements', 'products', 'sales'],
};

/** The first words of the query keys that a batch of changes makes old. */
export function outdated(changes: Change[]): Set<string> {
  const words = changes.flatMap(
    (change) =>
      TOUCHED[change.object_type] ?? (change.action.startsWith('stock.') ? (TOUCHED.stock ?? []) : []),
  );
  return new Set(words);
}

function invalidate(queries: QueryClient, words: Set<string>): void {
  const isOld = (key: readonly unknown[]) => words.has(String(key[0]));
  void queries.invalidateQueries({ predicate: (query) => isOld(query.queryKey), refetchType: 'none' });
  // A tab that nobody sees reads again when somebody does.
  if (document.hidden) return;
  void queries.refetchQueries({
    type: 'active',
    predicate: (query) => {
      const data = query.state.data as { pages?: unknown[] } | undefined;
      return isOld(query.queryKey) && (data?.pages?.length ?? 0) <= PAGES_READ_AGAIN;
    },
  });
}

/** The server's clock: a device whose own is months behind would be told all of those months. */
async function serverNow(signal: AbortSignal): Promise<string> {
  const answer = await fetch('/icon.svg', { method: 'HEAD', cache: 'no-store', signal });
  const date = answer.headers.get('Date');
  return (date ? new Date(date) : new Date()).toISOString();
}

const ports: Ports = {
  open: (address) => new EventSource(address),
  ask: (since, signal) =>
    take(api.GET('/api/changes/', { params: { query: { since, limit: 500 } }, signal })),
  now: serverNow,
};

/** Follows what others change and has the screens read it again. `who` listens: another person hears other news. */
export function useLive(who: string): Live {
  const queries = useQueryClient();
  const [state, setState] = useState<Live>('waiting');

  useEffect(() => {
    const news = gathering<Change>((changes) => invalidate(queries, outdated(changes)));
    const told: Told = {
      state: setState,
      changes: news.add,
      progress: () => invalidate(queries, new Set(['imports'])),
      lost: () => void queries.invalidateQueries(),
      signedOut: () => void queries.invalidateQueries({ queryKey: SESSION_KEY }),
    };
    const door = canShare() ? together(`onhand-news-${who}`, told, ports) : alone(told, ports);
    const wake = () => !document.hidden && door.wake();
    const away = () => setState('offline');
    window.addEventListener('online', wake);
    window.addEventListener('offline', away);
    document.addEventListener('visibilitychange', wake);
    return () => {
      news.stop();
      door.stop();
      window.removeEventListener('online', wake);
      window.removeEventListener('offline', away);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [queries, who]);

  return state;
}
