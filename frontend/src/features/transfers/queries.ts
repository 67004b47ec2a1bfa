import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { useAfterMovement } from '@/lib/ledger';
import { usePages } from '@/lib/pages';

export type Transfer = Schemas['Transfer'];
export type TransferRow = Schemas['TransferRow'];
export type TransferLine = Schemas['TransferLine'];
export type TransferStatus = Schemas['TransferStatusEnum'];
export type InTransitRow = Schemas['InTransitRow'];
export type TransferInput = Schemas['TransferInputRequest'];
export type Direction = 'in' | 'out';
export type TransferFilters = { store: string; status: TransferStatus[]; words: string; ordering: string };

const NUMBER = /^(T-)?\d{1,9}$/i;

/** What people call a transfer is its number or the reference they gave it. */
export function chosen({ store, status, words, ordering }: TransferFilters) {
  return {
    ...(store && { store }),
    ...(status.length > 0 && { status }),
    ...(words && (NUMBER.test(words) ? { number: words } : { reference: words })),
    ...(ordering && { ordering }),
  };
}

export function useTransfers(filters: TransferFilters) {
  return usePages<TransferRow>(['transfers', 'list', filters], (cursor, signal) => {
    const query = { ...chosen(filters), page_size: 100, ...(cursor ? { cursor } : {}) };
    return take(api.GET('/api/transfers/', { params: { query }, signal }));
  });
}

export function useInTransit(direction: Direction, store: string) {
  return usePages<InTransitRow>(['transfers', 'in-transit', direction, store], (cursor, signal) => {
    const query = { direction, page_size: 100, ...(store && { store }), ...(cursor ? { cursor } : {}) };
    return take(api.GET('/api/transfers/in-transit/', { params: { query }, signal }));
  });
}

export function useTransfer(id: string) {
  return useQuery({
    queryKey: ['transfers', 'one', id],
    queryFn: ({ signal }) => take(api.GET('/api/transfers/{id}/', { params: { path: { id } }, signal })),
  });
}

export function useTimeline(id: string) {
  return useQuery({
    queryKey: ['transfers', 'timeline', id],
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: { page_size: 100 } };
      return (await take(api.GET('/api/transfers/{id}/timeline/', { params, signal }))).results;
    },
  });
}

function useAfterStep(): () => void {
  const queries = useQueryClient();
  const afterMovement = useAfterMovement();
  return () => {
    void queries.invalidateQueries({ queryKey: ['transfers'] });
    afterMovement();
  };
}

export function useDraft() {
  return useMutation({
    mutationFn: ({ body, key }: { body: TransferInput; key: string }) =>
      take(api.POST('/api/transfers/', { body, headers: { 'Idempotency-Key': key } })),
    onSuccess: useAfterStep(),
  });
}

/** Changes a draft that is as the person saw it; 412 when somebody else was first. */
export function useChangeDraft() {
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: Schemas['PatchedTransferChangeRequest'] }) =>
      take(api.PATCH('/api/transfers/{id}/', { params: { path: { id } }, body })),
    onSuccess: useAfterStep(),
  });
}

export type Step =
  | { verb: 'request' | 'approve' | 'close' }
  | { verb: 'cancel'; body: Schemas['CancelRequest'] }
  | { verb: 'dispatch'; body: Schemas['DispatchRequest'] }
  | { verb: 'receive'; body: Schemas['ReceiveRequest'] }
  | { verb: 'settle'; body: Schemas['SettleRequest'] };

/** Takes a step once, however often it is sent under its key. */
function send(id: string, step: Step, key: string) {
  const said = { params: { path: { id } }, headers: { 'Idempotency-Key': key } };
  switch (step.verb) {
    case 'request':
      return api.POST('/api/transfers/{id}/request/', said);
    case 'approve':
      return api.POST('/api/transfers/{id}/approve/', said);
    case 'close':
      return api.POST('/api/transfers/{id}/close/', said);
    case 'cancel':
      return api.POST('/api/transfers/{id}/cancel/', { ...said, body: step.body });
    case 'dispatch':
      return api.POST('/api/transfers/{id}/dispatch/', { ...said, body: step.body });
    case 'receive':
      return api.POST('/api/transfers/{id}/receive/', { ...said, body: step.body });
    case 'settle':
      return api.POST('/api/transfers/{id}/settle/', { ...said, body: step.body });
  }
}

export function useStep(id: string) {
  const after = useAfterStep();
  return useMutation({
    mutationFn: ({ step, key }: { step: Step; key: string }) => take<Transfer>(send(id, step, key)),
    // A step that came too late is told by what the screen shows next.
    onSettled: after,
  });
}
