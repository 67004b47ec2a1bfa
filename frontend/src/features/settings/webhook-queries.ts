import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { usePages } from '@/lib/pages';
import { useChange } from './queries';

export type Webhook = Schemas['Webhook'];
export type Delivery = Schemas['Delivery'];
export type WebhookBody = Schemas['PatchedWebhookRequest'];

const one = (id: number) => ({ path: { id: String(id) } });
const OLD = ['webhooks', 'deliveries'];

export const useWebhooks = () =>
  usePages<Webhook>(['webhooks'], (cursor, signal) =>
    take(
      api.GET('/api/webhooks/', {
        params: { query: { page_size: 100, ordering: '-id', ...(cursor && { cursor }) } },
        signal,
      }),
    ),
  );

export function useEventTypes() {
  return useQuery({
    queryKey: ['event-types'],
    queryFn: ({ signal }) => take(api.GET('/api/webhooks/event-types/', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export const useDeliveries = (webhook: number) =>
  usePages<Delivery>(['deliveries', webhook], (cursor, signal) =>
    take(
      api.GET('/api/webhook-deliveries/', {
        params: { query: { webhook, page_size: 100, ...(cursor && { cursor }) } },
        signal,
      }),
    ),
  );

export const useCreateWebhook = () =>
  useChange((body: Schemas['WebhookRequest']) => take(api.POST('/api/webhooks/', { body })), ...OLD);

export const useChangeWebhook = () =>
  useChange(
    ({ id, ...body }: WebhookBody & { id: number }) =>
      take(api.PATCH('/api/webhooks/{id}/', { params: one(id), body })),
    ...OLD,
  );

export const useRemoveWebhook = () =>
  useChange((id: number) => take(api.DELETE('/api/webhooks/{id}/', { params: one(id) })), ...OLD);

export const useTestWebhook = () =>
  useChange((id: number) => take(api.POST('/api/webhooks/{id}/test/', { params: one(id) })), ...OLD);

export const useResumeWebhook = () =>
  useChange(
    ({ id, skip }: { id: number; skip: boolean }) =>
      take(api.POST('/api/webhooks/{id}/resume/', { params: one(id), body: { skip } })),
    ...OLD,
  );

export const useRotateSecret = () =>
  useChange(
    ({ id, hours }: { id: number; hours: number }) =>
      take(
        api.POST('/api/webhooks/{id}/rotate-secret/', { params: one(id), body: { overlap_hours: hours } }),
      ),
    ...OLD,
  );

export const useSendAgain = () =>
  useChange(
    (id: number) => take(api.POST('/api/webhook-deliveries/{id}/replay/', { params: one(id) })),
    ...OLD,
  );
