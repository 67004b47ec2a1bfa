'use client';

import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { sentence } from '@/components/feedback';
import { useT } from '@/lib/i18n';
import { useReverse } from '@/lib/ledger';
import { useFormat } from '@/lib/session';
import { type Movement, type StockRow, useAdjust } from './queries';

const UNDO_FOR = 10_000;
export type Edit = (row: StockRow, delta: number) => void;

/** Changes a quantity at once and offers to take it back, which is a movement of its own: the ledger forgets nothing. */
export function useQuantityEdit(): Edit {
  const t = useT();
  const { mutate: adjust } = useAdjust();
  const offerUndo = useUndo();
  return useCallback<Edit>(
    (row, delta) => {
      const failed = (message: string) =>
        notifications.show({ color: 'red', title: t('quantity.failed'), message });
      adjust(
        { row, delta, reason: t('quantity.reason') },
        {
          onSuccess: (movement) =>
            movement.status === 'rejected' ? failed(movement.reason) : offerUndo(row, movement),
          onError: (error) => failed(sentence(error, t)),
        },
      );
    },
    [t, adjust, offerUndo],
  );
}

function useUndo(): (row: StockRow, movement: Movement) => void {
  const t = useT();
  const format = useFormat();
  const { mutate: reverse } = useReverse();
  return useCallback(
    (row, movement) => {
      const toast = `undo-${movement.id}`;
      const now = format.quantity(movement.balance_after);
      const failed = (error: unknown) =>
        notifications.show({ color: 'red', title: t('quantity.failed'), message: sentence(error, t) });
      function undo(): void {
        notifications.hide(toast);
        const reason = t('quantity.undo_reason');
        const undone = () => notifications.show({ message: t('quantity.undone') });
        reverse({ id: movement.id, reason }, { onSuccess: undone, onError: failed });
      }
      notifications.show({
        id: toast,
        autoClose: UNDO_FOR,
        closeButtonProps: { 'aria-label': t('action.close') },
        message: (
          <Group justify="space-between" wrap="nowrap">
            <span>{t('quantity.done', { product: row.product_name, now })}</span>
            <Button size="xs" variant="default" onClick={undo}>
              {t('action.undo')}
            </Button>
          </Group>
        ),
      });
    },
    [t, format, reverse],
  );
}
