import { useMutation } from '@tanstack/react-query';
import { api, newKey, type Schemas, take } from '@/lib/api/client';
import { useAfterMovement } from '@/lib/ledger';
import { usePages } from '@/lib/pages';

export type StockRow = Schemas['StockRow'];
export type StockStatus = Schemas['StockStatusEnum'];
export type Movement = Schemas['Movement'];

export type StockFilters = {
  search: string;
  status: StockStatus[];
  store: string;
  category: string;
  product?: string;
  ordering: string;
};

/** Empty fields of a filter are left out: the API refuses an empty value where a choice is meant. */
export function given<T extends object>(filters: T): Partial<T> {
  const kept = Object.entries(filters).filter(([, value]) => value !== '' && value !== undefined);
  return Object.fromEntries(
    kept.filter(([, value]) => !Array.isArray(value) || value.length > 0),
  ) as Partial<T>;
}

export function useStock(filters: StockFilters, pageSize = 100) {
  return usePages(['stock', filters, pageSize], (cursor, signal) =>
    take(
      api.GET('/api/inventory/', {
        params: { query: { ...given(filters), page_size: pageSize, ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    ),
  );
}

type Adjustment = { row: StockRow; delta: number; expected: number | null; reason: string };

/** Books the difference, if `expected` is on hand; what comes back may be a refusal with a reason, which changed nothing. */
export function useAdjust() {
  return useMutation({
    mutationFn: ({ row, delta, expected, reason }: Adjustment) =>
      take(
        api.POST('/api/inventory/update/', {
          body: { store_id: row.store_id, product_id: row.product_id, delta, expected, reason },
          headers: { 'Idempotency-Key': newKey() },
        }),
      ),
    onSettled: useAfterMovement(),
  });
}
