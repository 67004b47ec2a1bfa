import { useQuery } from '@tanstack/react-query';
import { api, take } from '@/lib/api/client';
import { unreachable } from '@/lib/api/errors';

/** What `/health` says; figures are missing while the database is away. */
export type Health = {
  status: 'ok' | 'degraded' | 'unavailable';
  database: 'ok' | 'unavailable';
  queue: 'ok' | 'unavailable';
  reasons: string[];
  pending_movements?: number;
  oldest_pending_seconds?: number;
  audit_head_age_seconds?: number | null;
  backup_age_seconds?: number | null;
};

const EVERY = 10_000;

/** Outside of /api and in no schema, because machines without an account ask it too. 503 is an answer here. */
async function readHealth(signal: AbortSignal): Promise<Health> {
  try {
    const answer = await fetch('/health', { cache: 'no-store', signal });
    return (await answer.json()) as Health;
  } catch (error) {
    if (signal.aborted) throw error;
    throw unreachable();
  }
}

export const useHealth = () =>
  useQuery({ queryKey: ['health'], queryFn: ({ signal }) => readHealth(signal), refetchInterval: EVERY });

export function useWebhookStates() {
  return useQuery({
    queryKey: ['webhooks', 'states'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/webhooks/', { params: { query: { page_size: 100 } }, signal })),
  });
}

export function useForecastRuns() {
  return useQuery({
    queryKey: ['forecast-runs', 'newest'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/forecasts/runs/', { params: { query: { page_size: 3 } }, signal })),
  });
}
