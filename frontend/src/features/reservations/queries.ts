import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { useAfterMovement } from '@/lib/ledger';
import { usePages } from '@/lib/pages';

export type Reservation = Schemas['Reservation'];
export type ReservationRow = Schemas['ReservationRow'];
export type ReservationStatus = Schemas['ReservationStatusEnum'];
export type ReservationFilters = { store: string; status: ReservationStatus | ''; reference: string };

export const chosen = ({ store, status, reference }: ReservationFilters) => ({
  ...(store && { store }),
  ...(status && { status: [status] }),
  ...(reference && { reference }),
});

export function useReservations(filters: ReservationFilters) {
  return usePages<ReservationRow>(['reservations', 'list', filters], (cursor, signal) => {
    const query = { ...chosen(filters), page_size: 100, ...(cursor ? { cursor } : {}) };
    return take(api.GET('/api/reservations/', { params: { query }, signal }));
  });
}

export function useReservation(id: string) {
  return useQuery({
    queryKey: ['reservations', 'one', id],
    queryFn: ({ signal }) => take(api.GET('/api/reservations/{id}/', { params: { path: { id } }, signal })),
  });
}

export type Verb = 'fulfil' | 'extend' | 'release';

function send(id: string, verb: Verb, reason: string, key: string) {
  const said = { params: { path: { id } }, headers: { 'Idempotency-Key': key } };
  switch (verb) {
    case 'fulfil':
      return api.POST('/api/reservations/{id}/fulfil/', { ...said, body: { kind: 'sale', reason: '' } });
    case 'extend':
      return api.POST('/api/reservations/{id}/extend/', { ...said, body: {} });
    case 'release':
      return api.POST('/api/reservations/{id}/release/', { ...said, body: { reason } });
  }
}

/** Takes a step for everything that is open. */
export function useStep(id: string) {
  const queries = useQueryClient();
  const afterMovement = useAfterMovement();
  return useMutation({
    mutationFn: ({ verb, reason, key }: { verb: Verb; reason: string; key: string }) =>
      take<Reservation>(send(id, verb, reason, key)),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['reservations'] });
      afterMovement();
    },
  });
}
