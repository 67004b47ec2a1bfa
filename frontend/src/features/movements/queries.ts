import { useMutation } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { useAfterMovement } from '@/lib/ledger';
import { usePages } from '@/lib/pages';

export type Movement = Schemas['Movement'];
export type Kind = Schemas['MovementMovementTypeEnum'];
export type MovementStatus = Schemas['MovementStatusEnum'];
export type MovementInput = Schemas['MovementInputRequest'];

export const KINDS: Kind[] = [
  'receipt',
  'sale',
  'removal',
  'adjustment',
  'customer_return',
  'supplier_return',
  'transfer_dispatch',
  'transfer_receipt',
  'count_adjustment',
  'opening',
  'reversal',
  'hold',
  'release_hold',
];

export type MovementFilters = {
  store: string;
  product: string;
  movement_type: Kind[];
  status: MovementStatus | '';
  start_date: string;
  end_date: string;
  reference: string;
};

export const NO_FILTERS: MovementFilters = {
  store: '',
  product: '',
  movement_type: [],
  status: '',
  start_date: '',
  end_date: '',
  reference: '',
};

export function chosen(filters: MovementFilters) {
  const { store, product, movement_type, status, start_date, end_date, reference } = filters;
  return {
    ...(store && { store }),
    ...(product && { product }),
    ...(movement_type.length > 0 && { movement_type }),
    ...(status && { status }),
    ...(start_date && { start_date }),
    ...(end_date && { end_date }),
    ...(reference && { reference }),
  };
}

export function useMovements(filters: MovementFilters, pageSize = 100) {
  return usePages(['movements', filters, pageSize], (cursor, signal) =>
    take(
      api.GET('/api/stock-movements/', {
        params: { query: { ...chosen(filters), page_size: pageSize, ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    ),
  );
}

/** Books a movement and waits until the ledger has judged it. The key is one for each opening of the form. */
export function useRecord() {
  return useMutation({
    mutationFn: ({ body, key }: { body: MovementInput; key: string }) =>
      take(
        api.POST('/api/stock-movements/', {
          body,
          headers: { 'Idempotency-Key': key, Prefer: 'wait=5' },
        }),
      ),
    onSettled: useAfterMovement(),
  });
}

const FINAL = new Set<Kind>([
  'reversal',
  'transfer_dispatch',
  'transfer_receipt',
  'count_adjustment',
  'hold',
  'release_hold',
]);
export const isReversible = (movement: Movement): boolean =>
  movement.status === 'applied' && !FINAL.has(movement.movement_type);
