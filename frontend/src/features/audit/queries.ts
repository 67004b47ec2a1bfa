import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { usePages } from '@/lib/pages';

export type Entry = Schemas['Entry'];

export type LogFilters = {
  action: string;
  user: string;
  store: string;
  product: string;
  object_type: string;
  object_id: string;
  request_id: string;
  since: string;
  until: string;
};

/** What the API is asked: empty filters are left out, ids are numbers. */
export function asked(filters: LogFilters) {
  const { action, user, store, product, object_type, object_id, request_id, since, until } = filters;
  return {
    ...(action && { action }),
    ...(Number(user) > 0 && { user: Number(user) }),
    ...(Number(store) > 0 && { store: Number(store) }),
    ...(Number(product) > 0 && { product: Number(product) }),
    ...(object_type && { object_type }),
    ...(object_id && { object_id }),
    ...(request_id && { request_id }),
    ...(since && { since }),
    ...(until && { until }),
  };
}

export const useLog = (filters: LogFilters) =>
  usePages<Entry>(['log', filters], (cursor, signal) => {
    const query = { ...asked(filters), page_size: 100, ...(cursor && { cursor }) };
    return take(api.GET('/api/logs/', { params: { query }, signal }));
  });

export function useEntry(sequence: string) {
  return useQuery({
    queryKey: ['log', 'one', sequence],
    queryFn: ({ signal }) =>
      take(api.GET('/api/logs/{sequence}/', { params: { path: { sequence } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Recomputing the seals is work: it is done when somebody asks, not when the screen opens. */
export function useVerification(enabled: boolean) {
  return useQuery({
    queryKey: ['log', 'verification'],
    queryFn: ({ signal }) => take(api.GET('/api/logs/verification/', { signal })),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

export function usePeople(enabled: boolean) {
  return useQuery({
    queryKey: ['members', 'names'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/members/', { params: { query: { page_size: 500 } }, signal })),
    enabled,
    staleTime: 60_000,
  });
}
