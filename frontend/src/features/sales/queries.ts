import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { type Asked, isWhole } from '@/lib/period';

export type Row = Schemas['SalesRow'];
export type Sales = Schemas['AggregatedSales'];
export type By = Schemas['AggregatedSalesByEnum'];
export type SalesFilters = Asked & { store: string; category: string; currency: string };

/** What the API is asked, without what is empty. */
export function asked({ store, category, currency, ...period }: SalesFilters) {
  return {
    ...period,
    ...(store && { store: [store] }),
    ...(category && { category }),
    ...(currency && { currency }),
  };
}

type Of = { by: By; limit: number; ordering?: string };

export function useSales(filters: SalesFilters, { by, limit, ordering = '' }: Of) {
  return useQuery({
    queryKey: ['sales', 'by', by, limit, ordering, filters],
    queryFn: ({ signal }) => {
      const query = { ...asked(filters), by, limit, ...(ordering && { ordering }) };
      return take(api.GET('/api/sales/aggregated/', { params: { query }, signal }));
    },
    enabled: isWhole(filters),
    placeholderData: (former, query) => (query?.queryKey[2] === by ? former : undefined),
  });
}

export function useMetrics(filters: SalesFilters) {
  return useQuery({
    queryKey: ['sales', 'metrics', filters],
    queryFn: ({ signal }) =>
      take(api.GET('/api/sales/metrics/', { params: { query: asked(filters) }, signal })),
    enabled: isWhole(filters),
    placeholderData: (former) => former,
  });
}
