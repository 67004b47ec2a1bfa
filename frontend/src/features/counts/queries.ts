import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, newKey, type Schemas, take } from '@/lib/api/client';
import { useAfterMovement } from '@/lib/ledger';
import { usePages } from '@/lib/pages';

export type Count = Schemas['Count'];
export type CountLine = Schemas['CountLine'];
export type CountEntry = Schemas['CountEntry'];
export type CountKind = Schemas['CountKindEnum'];
export type CountState = Schemas['CountStateEnum'];
export type CountSummary = Schemas['CountSummary'];
export type CountInput = Schemas['CountInputRequest'];
export type Due = Schemas['Due'];
export type Which = Schemas['WhichEnum'];
export type EntryInput = Schemas['CountEntryInputRequest'];
export type LineStatus = 'added' | 'counted' | 'uncounted' | 'recounting' | Which;

export type CountFilters = { store: string; state: CountState[] };

export const chosen = ({ store, state }: CountFilters) => ({
  ...(store && { store }),
  ...(state.length > 0 && { state }),
});

export function useCounts(filters: CountFilters) {
  return usePages<Count>(['counts', 'list', filters], (cursor, signal) => {
    const query = { ...chosen(filters), page_size: 100, ...(cursor ? { cursor } : {}) };
    return take(api.GET('/api/counts/', { params: { query }, signal }));
  });
}

const path = (id: number) => ({ id: String(id) });

export function useCount(id: number) {
  return useQuery({
    queryKey: ['counts', 'one', id],
    queryFn: ({ signal }) => take(api.GET('/api/counts/{id}/', { params: { path: path(id) }, signal })),
  });
}

export function useSummary(id: number) {
  return useQuery({
    queryKey: ['counts', 'summary', id],
    queryFn: ({ signal }) =>
      take(api.GET('/api/counts/{id}/summary/', { params: { path: path(id) }, signal })),
  });
}

export function useLines(id: number, status: LineStatus | '', pageSize = 100) {
  return usePages<CountLine>(['counts', 'lines', id, status, pageSize], (cursor, signal) => {
    const query = { page_size: pageSize, ...(status && { status }), ...(cursor ? { cursor } : {}) };
    return take(api.GET('/api/counts/{id}/lines/', { params: { path: path(id), query }, signal }));
  });
}

export function useEntries(id: number, pageSize = 100) {
  return usePages<CountEntry>(['counts', 'entries', id, pageSize], (cursor, signal) => {
    const query = { page_size: pageSize, ordering: '-id', ...(cursor ? { cursor } : {}) };
    return take(api.GET('/api/counts/{id}/entries/', { params: { path: path(id), query }, signal }));
  });
}

export function useDue(store: string) {
  return usePages<Due>(['counts', 'due', store], (cursor, signal) => {
    const query = { store, page_size: 100, ...(cursor ? { cursor } : {}) };
    return take(api.GET('/api/counts/due/', { params: { query }, signal }));
  });
}

export function useAccuracy(store: string, from: string, to: string) {
  return useQuery({
    queryKey: ['counts', 'accuracy', store, from, to],
    queryFn: ({ signal }) => {
      const query = {
        ...(store && { store }),
        ...(from && { start_date: from }),
        ...(to && { end_date: to }),
      };
      return take(api.GET('/api/counts/accuracy/', { params: { query }, signal }));
    },
  });
}

export function useAfterCount(): () => void {
  const queries = useQueryClient();
  const afterMovement = useAfterMovement();
  return () => {
    void queries.invalidateQueries({ queryKey: ['counts'] });
    afterMovement();
  };
}

/** Plans a count and, when asked to, starts it in the same breath. */
export function usePlan() {
  return useMutation({
    mutationFn: async ({ body, key, starts }: { body: CountInput; key: string; starts: boolean }) => {
      const count = await take(api.POST('/api/counts/', { body, headers: { 'Idempotency-Key': key } }));
      if (!starts || count.state !== 'planned') return count;
      return take(api.POST('/api/counts/{id}/start/', { params: { path: path(count.id) } }));
    },
    onSuccess: useAfterCount(),
  });
}

export type CountStep =
  | { verb: 'start' | 'submit' | 'cancel' }
  | { verb: 'recount'; body: Schemas['RecountInputRequest'] }
  | { verb: 'approve'; body: Schemas['ApprovalInputRequest'] };

function send(id: number, step: CountStep) {
  // A verb may be repeated: in the state it leads to it changes nothing.
  const said = { params: { path: path(id) } };
  switch (step.verb) {
    case 'start':
      return api.POST('/api/counts/{id}/start/', said);
    case 'submit':
      return api.POST('/api/counts/{id}/submit/', said);
    case 'cancel':
      return api.POST('/api/counts/{id}/cancel/', said);
    case 'recount':
      return api.POST('/api/counts/{id}/recount/', { ...said, body: step.body });
    case 'approve':
      return api.POST('/api/counts/{id}/approve/', { ...said, body: step.body });
  }
}

export function useCountStep(id: number) {
  const after = useAfterCount();
  return useMutation({ mutationFn: (step: CountStep) => take<Count>(send(id, step)), onSettled: after });
}

/** Each entry has its key, so sending it again after a lost answer counts nothing twice. */
export const enter = (id: number, entries: EntryInput[]) =>
  take(
    api.POST('/api/counts/{id}/entries/', {
      params: { path: path(id) },
      body: entries,
      headers: { 'Idempotency-Key': newKey() },
    }),
  );

export function useVoid(id: number) {
  const after = useAfterCount();
  return useMutation({
    mutationFn: (entry: number) =>
      take(api.POST('/api/counts/{id}/void/', { params: { path: path(id) }, body: { entries: [entry] } })),
    onSettled: after,
  });
}
