'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, newKey, type Schemas, take } from '@/lib/api/client';

export type Supplier = Schemas['Supplier'];
export type SendBy = Schemas['SentByEnum'];

/** Names and addresses of all suppliers, for lists and choices. */
export function useSuppliers() {
  return useQuery({
    queryKey: ['suppliers', 'all'],
    queryFn: async ({ signal }) => {
      const query = { page_size: 500, ordering: 'name' as const };
      return (await take(api.GET('/api/suppliers/', { params: { query }, signal }))).results;
    },
    staleTime: 300_000,
  });
}

/** Tells the supplier of an order: by mail from here, or somebody told them in another way. */
export function useSendOrder() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, by }: { id: string; by: SendBy }) =>
      take(
        api.POST('/api/purchase-orders/{id}/send/', {
          params: { path: { id } },
          body: { by },
          headers: { 'Idempotency-Key': newKey() },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['orders'] }),
  });
}
