import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, newKey, type Schemas, take } from '@/lib/api/client';
import { usePages } from '@/lib/pages';

export type OrderRow = Schemas['PurchaseRow'];
export type Order = Schemas['Purchase'];
export type OrderLine = Schemas['PurchaseLine'];
export type OrderStatus = Schemas['PurchaseStatusEnum'];
export type Delivery = Schemas['DeliveryRequest'];
export type Change = Schemas['PatchedPurchaseChangeRequest'];

export type OrderFilters = {
  store: string;
  supplier: string;
  status: OrderStatus[];
  late: boolean;
  number: string;
};

/** A number as people write it on a list: 123, or P-000123. */
const NUMBER = /^(?:p-)?\d{1,9}$/i;

export function chosen({ store, supplier, status, late, number }: OrderFilters) {
  return {
    ...(store && { store }),
    ...(supplier && { supplier }),
    ...(status.length > 0 && { status }),
    ...(late && { late }),
    ...(number && (NUMBER.test(number) ? { number } : { reference: number })),
  };
}

export function useOrders(filters: OrderFilters) {
  return usePages<OrderRow>(['orders', 'list', filters], (cursor, signal) => {
    const query = { ...chosen(filters), page_size: 100, ...(cursor && { cursor }) };
    return take(api.GET('/api/purchase-orders/', { params: { query }, signal }));
  });
}

export function useOrder(id: string) {
  return useQuery({
    queryKey: ['orders', 'one', id],
    queryFn: ({ signal }) =>
      take(api.GET('/api/purchase-orders/{id}/', { params: { path: { id } }, signal })),
  });
}

export function useTimeline(id: string) {
  return useQuery({
    queryKey: ['orders', 'timeline', id],
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: { page_size: 100 } };
      return (await take(api.GET('/api/purchase-orders/{id}/timeline/', { params, signal }))).results;
    },
  });
}

export type Step =
  | { verb: 'send'; by: 'email' | 'other' }
  | { verb: 'resend' }
  | { verb: 'close' | 'cancel'; reason: string }
  | { verb: 'change'; values: Change; version: number }
  | { verb: 'receive'; delivery: Delivery; key: string };

function sendStep(id: string, step: Step): Promise<Order> {
  const params = { path: { id } };
  const headers = { 'Idempotency-Key': step.verb === 'receive' ? step.key : newKey() };
  switch (step.verb) {
    case 'send':
      return take(api.POST('/api/purchase-orders/{id}/send/', { params, body: { by: step.by }, headers }));
    case 'resend':
      return take(api.POST('/api/purchase-orders/{id}/resend/', { params, headers }));
    case 'close':
      return take(
        api.POST('/api/purchase-orders/{id}/close/', { params, body: { reason: step.reason }, headers }),
      );
    case 'cancel':
      return take(
        api.POST('/api/purchase-orders/{id}/cancel/', { params, body: { reason: step.reason }, headers }),
      );
    case 'receive':
      return take(api.POST('/api/purchase-orders/{id}/receive/', { params, body: step.delivery, headers }));
    case 'change':
      return take(
        api.PATCH('/api/purchase-orders/{id}/', {
          params,
          body: step.values,
          headers: { 'If-Match': `"${step.version}"` },
        }),
      );
  }
}

/** One step of an order; what it became is shown at once. */
export function useStep(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (step: Step) => sendStep(id, step),
    onSuccess: (order) => queries.setQueryData(['orders', 'one', id], order),
    onSettled: () => {
      for (const word of ['orders', 'stock', 'movements', 'overview', 'restock', 'alerts'])
        void queries.invalidateQueries({ queryKey: [word] });
    },
  });
}
