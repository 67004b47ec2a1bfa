'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, type Schemas, take } from '@/lib/api/client';

export type Live = 'live' | 'waiting' | 'offline';
type Change = Schemas['Change'];

const EVERY = 5_000;
const SLOWEST = 60_000;
/** A list that was scrolled far is marked as old and read again when it is next looked at, not with every sale. */
const PAGES_READ_AGAIN = 3;

const TOUCHED: Record<string, string[]> = {
  stock: ['stock', 'overview', 'movements'],
  movement: ['stock', 'overview', 'movements', 'sales'],
  product: ['products', 'stock'],
  category: ['categories', 'products'],
  supplier: ['suppliers', 'products'],
  store: ['stores'],
  import: ['imports', 'stock', 'overview', 'movements', 'products', 'sales'],
  forecast_run: ['forecasts'],
};

/** The first words of the query keys that a batch of changes makes old. */
export function outdated(changes: Pick<Change, 'object_type' | 'action'>[]): Set<string> {
  const words = changes.flatMap(
    (change) =>
      TOUCHED[change.object_type] ?? (change.action.startsWith('stock.') ? (TOUCHED.stock ?? []) : []),
  );
  return new Set(words);
}

function invalidate(queries: QueryClient, words: Set<string>): void {
  const isOld = (key: readonly unknown[]) => words.has(String(key[0]));
  void queries.invalidateQueries({ predicate: (query) => isOld(query.queryKey), refetchType: 'none' });
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

/** Follows what others change and has the screens read it again. The one place that knows how news arrive. */
export function useLive(): Live {
  const queries = useQueryClient();
  const [state, setState] = useState<Live>('waiting');

  useEffect(() => {
    let cursor = '';
    let pause = EVERY;
    let timer: ReturnType<typeof setTimeout>;
    const stop = new AbortController();

    async function look(): Promise<void> {
      if (!document.hidden) await read();
      if (!stop.signal.aborted) timer = setTimeout(look, pause);
    }

    async function read(): Promise<void> {
      try {
        cursor ||= await serverNow(stop.signal);
        const query = { since: cursor, limit: 500 };
        const page = await take(api.GET('/api/changes/', { params: { query }, signal: stop.signal }));
        cursor = page.next;
        pause = page.has_more ? 250 : EVERY;
        setState('live');
        if (page.results.length > 0) invalidate(queries, outdated(page.results));
      } catch {
        if (stop.signal.aborted) return;
        pause = Math.min(pause * 2, SLOWEST);
        setState('offline');
      }
    }

    function atOnce(): void {
      clearTimeout(timer);
      pause = EVERY;
      void look();
    }

    void look();
    window.addEventListener('online', atOnce);
    document.addEventListener('visibilitychange', atOnce);
    return () => {
      stop.abort();
      clearTimeout(timer);
      window.removeEventListener('online', atOnce);
      document.removeEventListener('visibilitychange', atOnce);
    };
  }, [queries]);

  return state;
}
