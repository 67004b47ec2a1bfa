import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { usePages } from '@/lib/pages';
import { useChange } from './queries';

export type Mailing = Schemas['Mailing'];
export type Schedule = Schemas['MailingSchedule'];
export const MAILING_KINDS = ['low_stock', 'restock'] as const;
export type MailingKind = (typeof MAILING_KINDS)[number];

export const useMailings = (kind: MailingKind) =>
  usePages<Mailing>(['mailings', kind], (cursor, signal) =>
    take(
      api.GET('/api/mailings/', {
        params: { query: { kind, page_size: 100, ...(cursor && { cursor }) } },
        signal,
      }),
    ),
  );

export function useSchedule(kind: MailingKind) {
  return useQuery({
    queryKey: ['mailings', 'schedule', kind],
    queryFn: ({ signal }) =>
      take(api.GET('/api/mailings/schedule/', { params: { query: { kind } }, signal })),
  });
}

const of = (store: number, kind: MailingKind) => ({ path: { id: String(store) }, query: { kind } });

export const useSetMailing = (kind: MailingKind) =>
  useChange(
    ({ store, ...body }: Schemas['MailingInputRequest'] & { store: number }) =>
      take(api.PUT('/api/mailings/{id}/', { params: of(store, kind), body })),
    'mailings',
  );

export const useSendMailing = (kind: MailingKind) =>
  useChange(
    ({ store, key }: { store: number; key: string }) =>
      take(
        api.POST('/api/mailings/{id}/send/', {
          params: of(store, kind),
          headers: { 'Idempotency-Key': key },
        }),
      ),
    'mailings',
  );

export const useSetSchedule = (kind: MailingKind) =>
  useChange(
    (body: Schemas['MailingScheduleInputRequest']) =>
      take(api.PUT('/api/mailings/schedule/', { params: { query: { kind } }, body })),
    'mailings',
  );
