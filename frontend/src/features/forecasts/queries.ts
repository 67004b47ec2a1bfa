import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { usePages } from '@/lib/pages';

export type Forecast = Schemas['Forecast'];
export type ForecastRow = Schemas['ForecastRow'];
export type Run = Schemas['ForecastRun'];
export type State = Schemas['ForecastStateEnum'];
export type Method = 'seasonal_naive' | 'moving_average' | 'regression' | 'log_regression' | 'holt_winters';
export type Ahead = 1 | 7 | 30;

export const STATES: State[] = ['ok', 'short_history', 'too_little_history', 'group_only', 'no_sales'];
/** The methods that answer within a screen's patience. */
export const METHODS: Method[] = [
  'seasonal_naive',
  'moving_average',
  'regression',
  'log_regression',
  'holt_winters',
];
const WATCHED_EVERY = 1_500;

export type ForecastFilters = {
  search: string;
  category: string;
  store: string;
  state: State | '';
  ordering: string;
};

/** What is said of the chosen filters, without the empty ones. */
export function asked({ search, category, store, state, ordering }: ForecastFilters) {
  return {
    ...(search && { search }),
    ...(category && { category }),
    ...(store && { store }),
    ...(state && { state: [state] }),
    ...(ordering && { ordering }),
  };
}

export function useForecasts(filters: ForecastFilters) {
  return usePages<ForecastRow>(['forecasts', 'list', filters], (cursor, signal) => {
    const query = { ...asked(filters), page_size: 100, ...(cursor && { cursor }) };
    return take(api.GET('/api/forecasts/', { params: { query }, signal }));
  });
}

/** One product in one store; with a method, that one's days beside ours. */
export function useForecast(id: string, method: Method | '') {
  return useQuery({
    queryKey: ['forecasts', 'one', id, method],
    queryFn: ({ signal }) => {
      const query = { days: 30, ...(method && { method }) };
      return take(api.GET('/api/forecasts/{id}/', { params: { path: { id }, query }, signal }));
    },
    placeholderData: (former) => former,
    retry: false,
  });
}

export function useAccuracy(store: string) {
  return useQuery({
    queryKey: ['forecasts', 'accuracy', store],
    queryFn: ({ signal }) => {
      const query = { by: 'organization' as const, ...(store && { store: [store] }) };
      return take(api.GET('/api/forecasts/accuracy/', { params: { query }, signal }));
    },
  });
}

/** What nightly runs promised for so many days, beside what was sold. */
export function useHappened(store: string, days: Ahead) {
  return useQuery({
    queryKey: ['forecasts', 'happened', store, days],
    queryFn: ({ signal }) => {
      const query = { by: 'time' as const, days, limit: 90, ...(store && { store: [store] }) };
      return take(api.GET('/api/forecasts/accuracy/', { params: { query }, signal }));
    },
    placeholderData: (former) => former,
  });
}

type Expected = { store: string; category?: string; product?: number; days?: number };

/**
 * The days of an answer that every store has. Where clocks differ, forecasts begin on two dates, and the first and the
 * last day of the answer are of some stores only.
 */
export function wholeDays<T>(rows: T[], days: number): T[] {
  return rows.length > days ? rows.slice(1, -1) : rows;
}

/** Units and money to come, day by day. */
export function useExpected({ store, category = '', product, days = 30 }: Expected) {
  return useQuery({
    queryKey: ['forecasts', 'expected', store, category, product, days],
    queryFn: ({ signal }) => {
      const query = {
        by: 'day' as const,
        days,
        ...(store && { store: [store] }),
        ...(category && { category }),
        ...(product && { product: [String(product)] }),
      };
      return take(api.GET('/api/sales/predictions/', { params: { query }, signal }));
    },
  });
}

const isAtWork = (run: Run | undefined): boolean => run?.status === 'queued' || run?.status === 'running';

/** The latest runs, asked again every moment while one is at work. */
export function useRuns() {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ['forecasts', 'runs'],
    queryFn: async ({ signal }) => {
      const former = queries.getQueryData<Run[]>(['forecasts', 'runs']);
      const query = { page_size: 10 };
      const { results } = await take(api.GET('/api/forecasts/runs/', { params: { query }, signal }));
      // What a finished run found is shown at once.
      if (isAtWork(former?.[0]) && !isAtWork(results[0])) {
        void queries.invalidateQueries({
          predicate: ({ queryKey }) => queryKey[0] === 'forecasts' && queryKey[1] !== 'runs',
        });
      }
      return results;
    },
    refetchInterval: ({ state }) => (isAtWork(state.data?.[0]) ? WATCHED_EVERY : false),
  });
}

export function useRetrain() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.POST('/api/forecasts/retrain/')),
    onSuccess: (run) => {
      queries.setQueryData<Run[]>(['forecasts', 'runs'], (former = []) => [
        run,
        ...former.filter(({ id }) => id !== run.id),
      ]);
      void queries.invalidateQueries({ queryKey: ['forecasts', 'runs'] });
    },
  });
}

/** What was sold of a product in a store before the forecast begins. */
export function useSold(store: number, product: number) {
  return useQuery({
    queryKey: ['sales', 'before-forecast', store, product],
    queryFn: ({ signal }) => {
      const query = {
        by: 'day' as const,
        period: '3m' as const,
        limit: 400,
        store: [String(store)],
        product: [String(product)],
      };
      return take(api.GET('/api/sales/aggregated/', { params: { query }, signal }));
    },
  });
}

/** Where one product is expected to sell most in a week. */
export function useForecastsOf(product: number, store: string, most: number) {
  return useQuery({
    queryKey: ['forecasts', 'of-product', product, store, most],
    queryFn: async ({ signal }) => {
      const query = {
        product: String(product),
        page_size: most,
        ordering: '-units_7',
        ...(store && { store }),
      };
      return (await take(api.GET('/api/forecasts/', { params: { query }, signal }))).results;
    },
  });
}
