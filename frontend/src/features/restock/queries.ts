import {
  type InfiniteData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, type Schemas, take } from '@/lib/api/client';
import { type Page, usePages } from '@/lib/pages';
import type { Line } from './lines';

export type LineDetail = Schemas['RestockLineDetail'];
export type LineStatus = Schemas['RestockLineStatusEnum'];
export type Proposal = Schemas['RestockProposal'];
export type Accepted = Schemas['RestockAccepted'];
export type Simulation = Schemas['Simulation'];
export type Question = Schemas['SimulationInputRequest'];

const A_PAGE = 500;
/** Lines that are read to be counted, searched and grouped here; of more the best uses of money are shown. */
export const MOST_LINES = 2000;

const key = (store: string, status: LineStatus[]) => ['restock', 'lines', store, status] as const;

/** The lines of the proposal that is shown: page after page until all are here. */
export function useLines(store: string, status: LineStatus[]) {
  const list = usePages<Line>(key(store, status), (cursor, signal) => {
    const query = { status, page_size: A_PAGE, ...(store && { store }), ...(cursor && { cursor }) };
    return take(api.GET('/api/restock/lines/', { params: { query }, signal }));
  });
  const { hasNextPage, isFetching, isError, fetchNextPage, rows } = list;
  const count = rows?.length ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && count < MOST_LINES) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, count, fetchNextPage]);
  return list;
}

export function useLine(id: number) {
  return useQuery({
    queryKey: ['restock', 'line', id],
    queryFn: ({ signal }) =>
      take(api.GET('/api/restock/lines/{id}/', { params: { path: { id: String(id) } }, signal })),
  });
}

/** The newest proposals: the one that is shown, and one that is being worked out. */
export function useProposals() {
  return useQuery({
    queryKey: ['restock', 'proposals'],
    queryFn: async ({ signal }) => {
      const query = { page_size: 10 };
      return (await take(api.GET('/api/restock/proposals/', { params: { query }, signal }))).results;
    },
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === 'queued') ? 1500 : false),
  });
}

export function usePropose() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.POST('/api/restock/propose/', { body: {} })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['restock', 'proposals'] }),
  });
}

/** Asks for forecasts, from which a proposal follows by itself. */
export function useForecast() {
  return useMutation({ mutationFn: () => take(api.POST('/api/forecasts/retrain/')) });
}

type Decision =
  | { verb: 'edit'; line: Line; quantity: number | null; reason: string }
  | { verb: 'snooze'; line: Line; until: string }
  | { verb: 'dismiss'; line: Line; reason: string };

function send(decision: Decision): Promise<LineDetail> {
  const path = { id: String(decision.line.id) };
  const headers = { 'If-Match': `"${decision.line.version}"` };
  if (decision.verb === 'edit') {
    const { quantity, reason } = decision;
    return take(
      api.PATCH('/api/restock/lines/{id}/', { params: { path }, body: { quantity, reason }, headers }),
    );
  }
  if (decision.verb === 'snooze') {
    const body = { until: decision.until };
    return take(api.POST('/api/restock/lines/{id}/snooze/', { params: { path }, body, headers }));
  }
  const body = { reason: decision.reason };
  return take(api.POST('/api/restock/lines/{id}/dismiss/', { params: { path }, body, headers }));
}

/** Another quantity, not now, not at all. What the line became is shown where it stands. */
export function useDecide() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (line) => replace(queries, line),
    onError: () => queries.invalidateQueries({ queryKey: ['restock'] }),
  });
}

/** A line that was decided about leaves the lists it no longer belongs to. */
function replace(queries: QueryClient, line: LineDetail): void {
  const entries = queries.getQueriesData<InfiniteData<Page<Line>>>({ queryKey: ['restock', 'lines'] });
  for (const [at, list] of entries) {
    if (!list) continue;
    const belongs = (at[3] as LineStatus[]).includes(line.status);
    const pages = list.pages.map((page) => ({
      ...page,
      results: page.results.flatMap((one) => (one.id === line.id ? (belongs ? [line] : []) : [one])),
    }));
    queries.setQueryData(at, { ...list, pages });
    void queries.invalidateQueries({ queryKey: at, refetchType: 'none' });
  }
  queries.setQueryData(['restock', 'line', line.id], line);
}

/** All of the lines or none become drafts. With `fresh` the quantities are those of this moment. */
export function useAccept() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ lines, fresh, key: name }: { lines: number[]; fresh: boolean; key: string }) =>
      take(
        api.POST('/api/restock/accept/', { body: { lines, fresh }, headers: { 'Idempotency-Key': name } }),
      ),
    onSettled: () => {
      for (const word of ['restock', 'orders', 'transfers', 'alerts'])
        void queries.invalidateQueries({ queryKey: [word] });
    },
  });
}

export function useSimulate() {
  return useMutation({
    mutationFn: (body: Question) => take(api.POST('/api/forecasting/simulate/', { body })),
  });
}
