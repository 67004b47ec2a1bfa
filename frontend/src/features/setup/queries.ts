import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, newKey, type Schemas, take } from '@/lib/api/client';
import { useAfterMovement } from '@/lib/ledger';

export function useOpenStore() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['StoreRequest']) => take(api.POST('/api/stores/', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['stores'] }),
  });
}

export type FirstProduct = { name: string; sku: string; sale_price: number; quantity: number; store: number };

/** A product of the catalogue and, where some of it is there already, its opening stock. */
export function useAddProduct() {
  const queries = useQueryClient();
  const afterMovement = useAfterMovement();
  return useMutation({
    mutationFn: async ({ quantity, store, ...body }: FirstProduct) => {
      const product = await take(api.POST('/api/products/', { body }));
      if (quantity > 0) {
        const movement = { store, product: product.id, movement_type: 'opening' as const, quantity };
        const headers = { 'Idempotency-Key': newKey(), Prefer: 'wait=5' };
        await take(api.POST('/api/stock-movements/', { body: movement, headers }));
      }
      return product;
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['products'] });
      afterMovement();
    },
  });
}

export function useNewestProducts() {
  return useQuery({
    queryKey: ['products', 'newest'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/products/', { params: { query: { page_size: 8, ordering: '-id' } }, signal })),
  });
}
