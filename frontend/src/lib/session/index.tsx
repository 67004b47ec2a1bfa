'use client';

import { useQuery } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { api, type Schemas, take } from '@/lib/api/client';
import { type Format, formatter, type Place } from '@/lib/format';
import { useLanguage } from '@/lib/i18n';
import { useUrl } from '@/lib/url';

export type Caller = Schemas['Caller'];
export type Store = Schemas['Store'];
export const SESSION_KEY = ['session'] as const;

const RANK = { staff: 0, manager: 1, admin: 2 } as const;
export type Role = keyof typeof RANK;

export const mayAct = (caller: Pick<Caller, 'role'>, needed: Role): boolean =>
  RANK[caller.role as Role] >= RANK[needed];

export function useStatus() {
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: ({ signal }) => take(api.GET('/api/auth/status/', { signal })),
    staleTime: 60_000,
  });
}

type Session = {
  caller: Caller;
  stores: Store[];
  storeOf: (id: number) => Store | undefined;
  /** The store chosen in the address; undefined is all of the caller's. */
  store: Store | undefined;
  place: (store?: Store) => Place;
  format: Format;
};
const Context = createContext<Session | null>(null);

async function allStores(signal: AbortSignal): Promise<Store[]> {
  const page = await take(
    api.GET('/api/stores/', { params: { query: { page_size: 500, ordering: 'name' } }, signal }),
  );
  return page.results;
}

/** Who reads, which stores are theirs, and how numbers and times are written there. Strangers are sent to sign in. */
export function SessionProvider({
  children,
  waiting,
  failed,
}: {
  children: ReactNode;
  waiting: ReactNode;
  failed: (error: Error, retry: () => void) => ReactNode;
}) {
  const status = useStatus();
  const caller = status.data?.user ?? null;
  const stores = useQuery({
    queryKey: ['stores', caller?.organization.id],
    queryFn: ({ signal }) => allStores(signal),
    enabled: caller !== null,
    staleTime: 300_000,
  });
  const { get } = useUrl();
  const { locale } = useLanguage();
  const router = useRouter();
  const path = usePathname();
  const stranger = status.data?.authenticated === false;
  const chosen = get('store');

  useEffect(() => {
    if (stranger) router.replace(`/login/?next=${encodeURIComponent(path + window.location.search)}`);
  }, [stranger, router, path]);

  const value = useMemo<Session | null>(() => {
    if (!caller || !stores.data) return null;
    const byId = new Map(stores.data.map((store) => [store.id, store]));
    const place = (store?: Store): Place => ({
      timeZone: store?.time_zone ?? caller.organization.time_zone,
      currency: store?.currency ?? caller.organization.currency,
    });
    const store = byId.get(Number(chosen));
    return {
      caller,
      stores: stores.data,
      storeOf: (id) => byId.get(id),
      store,
      place,
      format: formatter(locale, place(store)),
    };
  }, [caller, stores.data, chosen, locale]);

  const broken = status.error ?? stores.error;
  if (value) return <Context.Provider value={value}>{children}</Context.Provider>;
  if (broken) return failed(broken, () => void (status.error ? status.refetch() : stores.refetch()));
  return waiting;
}

export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error('A screen stands outside of SessionProvider.');
  return session;
}

export const useFormat = (): Format => useSession().format;
