import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, newKey, type Schemas, take } from '@/lib/api/client';
import { type Page, usePages } from '@/lib/pages';
import type { Params } from '@/lib/url';
import type { Mail } from './definitions';

/** A row says by names what it is about, and its figures. */
export type Row = Record<string, string | number | null | undefined>;
export type Figure = { name: string; label: string; formula: string; unit: string };
type Meta = {
  title: string;
  by: string;
  order: string;
  currencies: string[];
  figures: Figure[];
  note?: string;
  computed_at: string;
  as_of?: string;
  period?: { first_day: string; last_day: string; days: number };
};
/** All reports of figures answer alike; which figures, the answer says itself. */
export type FigureReport = Page<Row> & { meta: Meta; totals: Row[] };

/** Pages of a report, whichever it is: the answer of its first page is kept for what it says about the whole. */
export function useReport<P extends Page<Row> = FigureReport>(path: string, filters: Params) {
  const list = usePages<Row>(['reports', path, filters], (cursor, signal) => {
    const query = { ...filters, page_size: 100, ...(cursor && { cursor }) };
    // One of fourteen addresses with the same shape: the types know each, the compiler not which.
    const params = { query: query as { page_size: number } };
    return take(api.GET(path as '/api/reports/valuation/', { params, signal })) as Promise<Page<Row>>;
  });
  return { list, first: list.data?.pages[0] as P | undefined };
}

export function useSuppliers() {
  return useQuery({
    queryKey: ['suppliers', 'choice'],
    queryFn: async ({ signal }) => {
      const query = { page_size: 500, ordering: 'name' };
      return (await take(api.GET('/api/suppliers/', { params: { query }, signal }))).results;
    },
    staleTime: 300_000,
  });
}

export type Mailing = Schemas['Mailing'];

export function useMailing(store: string, kind: Mail) {
  return useQuery({
    queryKey: ['mailings', store, kind],
    queryFn: ({ signal }) =>
      take(api.GET('/api/mailings/{id}/', { params: { path: { id: store }, query: { kind } }, signal })),
    enabled: store !== '',
  });
}

export function useSetMailing(store: string, kind: Mail) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['MailingInputRequest']) =>
      take(api.PUT('/api/mailings/{id}/', { params: { path: { id: store }, query: { kind } }, body })),
    onSuccess: (mailing) => queries.setQueryData(['mailings', store, kind], mailing),
  });
}

export function useMailNow(store: string, kind: Mail) {
  return useMutation({
    mutationFn: () => {
      const params = { path: { id: store }, query: { kind } };
      return take(api.POST('/api/mailings/{id}/send/', { params, headers: { 'Idempotency-Key': newKey() } }));
    },
  });
}

/** The one time for all stores, which goes before the stores' own hours. */
export function useSchedule(kind: Mail) {
  return useQuery({
    queryKey: ['mailings', 'schedule', kind],
    queryFn: ({ signal }) =>
      take(api.GET('/api/mailings/schedule/', { params: { query: { kind } }, signal })),
  });
}

export function useSetSchedule(kind: Mail) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['MailingScheduleInputRequest']) =>
      take(api.PUT('/api/mailings/schedule/', { params: { query: { kind } }, body })),
    onSuccess: (schedule) => queries.setQueryData(['mailings', 'schedule', kind], schedule),
  });
}

export function useMembers() {
  return useQuery({
    queryKey: ['members', 'choice'],
    queryFn: async ({ signal }) => {
      const query = { page_size: 500 };
      return (await take(api.GET('/api/members/', { params: { query }, signal }))).results;
    },
    staleTime: 60_000,
  });
}
