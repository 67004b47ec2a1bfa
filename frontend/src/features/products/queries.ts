import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { usePages } from '@/lib/pages';
import type { Running } from '@/lib/period';

export type Product = Schemas['Product'];
export type ProductFilters = { search: string; category: string; lifecycle: string; ordering: string };

export function useProducts({ search, category, lifecycle, ordering }: ProductFilters) {
  const key = ['products', 'list', search, category, lifecycle, ordering];
  return usePages<Product>(key, (cursor, signal) => {
    const query = {
      page_size: 100,
      ...(search && { search }),
      ...(category && { category }),
      ...(lifecycle && { lifecycle: [lifecycle as NonNullable<Product['lifecycle']>] }),
      ...(ordering && { ordering }),
      ...(cursor && { cursor }),
    };
    return take(api.GET('/api/products/', { params: { query }, signal }));
  });
}

export function useProduct(id: number) {
  return useQuery({
    queryKey: ['products', 'one', id],
    queryFn: ({ signal }) =>
      take(api.GET('/api/products/{id}/', { params: { path: { id: String(id) } }, signal })),
  });
}

export function useProductSales(id: number, store: string, period: Running) {
  return useQuery({
    queryKey: ['overview', 'product-sales', id, store, period],
    queryFn: ({ signal }) => {
      const query = {
        by: period === '1y' ? ('week' as const) : ('day' as const),
        product: [String(id)],
        period,
        limit: 400,
        ...(store && { store: [store] }),
      };
      return take(api.GET('/api/sales/aggregated/', { params: { query }, signal }));
    },
    staleTime: 30_000,
  });
}
