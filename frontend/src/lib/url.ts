'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';

export type Params = Record<string, string | string[] | null>;

/** The query string after a change: null and '' take a name out, a list repeats it. Names are in a steady order. */
export function changed(query: string, change: Params): string {
  const params = new URLSearchParams(query);
  for (const [name, value] of Object.entries(change)) {
    params.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== '') params.append(name, one);
    }
  }
  params.sort();
  return params.toString();
}

/** A link to a screen that keeps the chosen store, which belongs to all screens. */
export function href(path: string, query: string, change: Params = {}): string {
  const store = new URLSearchParams(query).get('store');
  const next = changed('', { store, ...change });
  return next ? `${path}?${next}` : path;
}

export type UrlState = {
  query: string;
  get: (name: string) => string;
  all: (name: string) => string[];
  /** Changes the address in place; with `push` the back button returns to what was. */
  set: (change: Params, how?: { push?: boolean }) => void;
};

/** The state of a screen is its address: a link shows a colleague the same thing, and reload keeps it. */
export function useUrl(): UrlState {
  const params = useSearchParams();
  const query = params.toString();
  const set = useCallback<UrlState['set']>((change, how) => {
    const next = changed(window.location.search, change);
    const address = next ? `${window.location.pathname}?${next}` : window.location.pathname;
    if (how?.push) window.history.pushState(null, '', address);
    else window.history.replaceState(null, '', address);
  }, []);
  return useMemo(
    () => ({ query, get: (name) => params.get(name) ?? '', all: (name) => params.getAll(name), set }),
    [query, params, set],
  );
}
