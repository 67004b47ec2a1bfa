'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, take } from '@/lib/api/client';

/** What a movement makes old, whoever booked it: the ledger, the balances, the figures. */
export function useAfterMovement(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    for (const word of ['stock', 'movements', 'overview'])
      void queries.invalidateQueries({ queryKey: [word] });
  }, [queries]);
}

/** Takes a movement back by the equal and opposite one: the ledger keeps both. */
export function useReverse() {
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      take(api.POST('/api/stock-movements/{id}/reverse/', { params: { path: { id } }, body: { reason } })),
    onSettled: useAfterMovement(),
  });
}
