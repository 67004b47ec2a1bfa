import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { usePages } from '@/lib/pages';

export type Alert = Schemas['Alert'];
export type AlertDetail = Schemas['AlertDetail'];
export type Severity = Schemas['AlertSeverityEnum'];
export type AlertKind = Schemas['AlertKindEnum'];
export type AlertStatus = Schemas['AlertStatusEnum'];
export type Accepted = Schemas['RestockAccepted'];

export const KINDS: AlertKind[] = [
  'out_of_stock',
  'at_risk',
  'below_reorder_point',
  'predicted_stockout',
  'overstock',
  'dead_stock',
];
const TOO_MUCH = new Set<AlertKind>(['overstock', 'dead_stock']);
/** A shortage one can order for; of what there is too much, nothing more is ordered. */
export const isShortage = (alert: Pick<Alert, 'kind'>): boolean => !TOO_MUCH.has(alert.kind);
/** One somebody may still have to do something about. */
export const isGoingOn = (alert: Pick<Alert, 'status'>): boolean => alert.status !== 'resolved';

/** What is wrong with one product in one store, the most urgent first; the others stand behind it. */
export type Grouped = Alert & { others: Alert[] };

/** Several alerts about the same shelf are one thing to do. */
export function grouped(rows: Alert[]): Grouped[] {
  const shelves = new Map<string, Grouped>();
  for (const alert of rows) {
    const key = `${alert.store}-${alert.product}`;
    const first = shelves.get(key);
    if (first) first.others.push(alert);
    else shelves.set(key, { ...alert, others: [] });
  }
  return [...shelves.values()];
}

export type AlertFilters = {
  store: string;
  status: AlertStatus[];
  severity: Severity | '';
  kind: AlertKind | '';
  assignee: string;
};

export function chosen({ store, status, severity, kind, assignee }: AlertFilters) {
  return {
    status,
    ...(store && { store }),
    ...(severity && { severity: [severity] }),
    ...(kind && { kind: [kind] }),
    ...(assignee && { assignee }),
    // What is over is looked for by when it was.
    ...(status.includes('resolved') && { ordering: '-updated_at' as const }),
  };
}

export function useAlerts(filters: AlertFilters) {
  return usePages<Alert>(['alerts', 'list', filters], (cursor, signal) => {
    const query = { ...chosen(filters), page_size: 100, ...(cursor && { cursor }) };
    return take(api.GET('/api/alerts/', { params: { query }, signal }));
  });
}

export function useSummary() {
  return useQuery({
    queryKey: ['alerts', 'summary'],
    queryFn: ({ signal }) => take(api.GET('/api/alerts/summary/', { signal })),
  });
}

export function useAlert(id: number) {
  return useQuery({
    queryKey: ['alerts', 'one', id],
    queryFn: ({ signal }) =>
      take(api.GET('/api/alerts/{id}/', { params: { path: { id: String(id) } }, signal })),
  });
}

/** Those an alert can be given to. */
export function useColleagues(enabled: boolean) {
  return useQuery({
    queryKey: ['members', 'all'],
    queryFn: async ({ signal }) =>
      (await take(api.GET('/api/members/', { params: { query: { page_size: 200 } }, signal }))).results,
    enabled,
    staleTime: 300_000,
  });
}

export type Step =
  | { verb: 'acknowledge' | 'resolve'; note: string }
  | { verb: 'snooze'; until: string; note: string }
  | { verb: 'assign'; user: number | null };

function send(id: number, step: Step): Promise<AlertDetail> {
  const params = { path: { id: String(id) } };
  if (step.verb === 'snooze') {
    const { until, note } = step;
    return take(api.POST('/api/alerts/{id}/snooze/', { params, body: { until, note } }));
  }
  if (step.verb === 'assign') {
    return take(api.POST('/api/alerts/{id}/assign/', { params, body: { user: step.user } }));
  }
  const body = { note: step.note };
  return step.verb === 'resolve'
    ? take(api.POST('/api/alerts/{id}/resolve/', { params, body }))
    : take(api.POST('/api/alerts/{id}/acknowledge/', { params, body }));
}

export function useStep() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, step }: { id: number; step: Step }) => send(id, step),
    onSettled: () => queries.invalidateQueries({ queryKey: ['alerts'] }),
  });
}

/** Several at once: all or none. */
export function useAcknowledge() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (alerts: number[]) =>
      take(api.POST('/api/alerts/acknowledge/', { body: { alerts, note: '' } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['alerts'] }),
  });
}

/** Drafts what the alert asks for: the proposal's lines where there are some, or a quantity of one's own. */
export function useRestock() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, quantity, key }: { id: number; quantity: number | null; key: string }) =>
      take(
        api.POST('/api/alerts/{id}/restock/', {
          params: { path: { id: String(id) } },
          body: { quantity },
          headers: { 'Idempotency-Key': key },
        }),
      ),
    onSettled: () => {
      for (const word of ['alerts', 'restock', 'orders', 'transfers'])
        void queries.invalidateQueries({ queryKey: [word] });
    },
  });
}
