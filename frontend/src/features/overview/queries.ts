import { useQuery } from '@tanstack/react-query';
import { api, take } from '@/lib/api/client';
import type { Running } from '@/lib/period';

const SHOWN = 6;

export function useFigures(store: string) {
  return useQuery({
    queryKey: ['overview', 'figures', store],
    queryFn: ({ signal }) =>
      take(api.GET('/api/reports/dashboard/', { params: { query: store ? { store } : {} }, signal })),
  });
}

export function useMetrics(store: string, period: Running) {
  return useQuery({
    queryKey: ['overview', 'metrics', store, period],
    queryFn: ({ signal }) => {
      const query = { period, ...(store && { store: [store] }) };
      return take(api.GET('/api/sales/metrics/', { params: { query }, signal }));
    },
    placeholderData: (former) => former,
  });
}

export function useTrend(store: string, period: Running) {
  return useQuery({
    queryKey: ['overview', 'trend', store, period],
    queryFn: ({ signal }) => {
      const by = period === '1y' || period === '6m' ? ('week' as const) : ('day' as const);
      const query = { by, period, limit: 400, ...(store && { store: [store] }) };
      return take(api.GET('/api/sales/aggregated/', { params: { query }, signal }));
    },
    placeholderData: (former) => former,
  });
}

export function useTop(store: string, period: Running) {
  return useQuery({
    queryKey: ['overview', 'top', store, period],
    queryFn: ({ signal }) => {
      const query = { by: 'product' as const, period, limit: SHOWN, ...(store && { store: [store] }) };
      return take(api.GET('/api/sales/aggregated/', { params: { query }, signal }));
    },
    placeholderData: (former) => former,
  });
}

export function useLowStock(store: string) {
  return useQuery({
    queryKey: ['overview', 'low', store],
    queryFn: ({ signal }) => {
      const query = { page_size: SHOWN, ordering: 'available', ...(store && { store }) };
      return take(api.GET('/api/reports/low-stock/', { params: { query }, signal }));
    },
  });
}

export function useLatest(store: string) {
  return useQuery({
    queryKey: ['overview', 'latest', store],
    queryFn: ({ signal }) => {
      const query = { page_size: SHOWN, ...(store && { store }) };
      return take(api.GET('/api/stock-movements/', { params: { query }, signal }));
    },
  });
}
