'use client';

import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { sentence } from '@/components/feedback';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useReverse } from '@/lib/ledger';
import { useFormat } from '@/lib/session';
import { type Movement, type StockRow, useAdjust } from './queries';

const UNDO_FOR = 10_000;
const CHANGED = 'quantity_changed';
/** `expected` is what the person set it over; null when they only added or took away. */
export type Edit = (row: StockRow, delta: number, expected: number | null) => void;

/** Changes a quantity at once and offers to take it back, which is a movement of its own: the ledger forgets nothing. */
export function useQuantityEdit(): Edit {
  const t = useT();
  const { mutate: adjust } = useAdjust();
  const offerUndo = useUndo();
  const sayChanged = useChanged();
  return useCallback<Edit>(
    function edit(row, delta, expected) {
      const failed = (message: string) =>
        notifications.show({ color: 'red', title: t('quantity.failed'), message });
      adjust(
        { row, delta, expected, reason: t('quantity.reason') },
        {
          onSuccess: (movement) =>
            movement.status === 'rejected' ? failed(movement.reason) : offerUndo(row, movement),
          onError: (error) => {
            const now =
              error instanceof ApiError && error.code === CHANGED ? error.field('on_hand') : undefined;
            if (now === undefined || expected === null) failed(sentence(error, t));
            else sayChanged(row, Number(now), expected + delta, edit);
          },
        },
      );
    },
    [t, adjust, offerUndo, sayChanged],
  );
}

/** Somebody was first: says what there is now, and asks whether it is still to be set. */
function useChanged(): (row: StockRow, now: number, wanted: number, edit: Edit) => void {
  const t = useT();
  const format = useFormat();
  return useCallback(
    (row, now, wanted, edit) => {
      const toast = `changed-${row.id}`;
      const values = {
        product: row.product_name,
        now: format.quantity(now),
        wanted: format.quantity(wanted),
      };
      function setAnyway(): void {
        notifications.hide(toast);
        if (wanted !== now) edit(row, Math.round((wanted - now) * 1000) / 1000, now);
      }
      notifications.show({
        id: toast,
        color: 'yellow',
        autoClose: false,
        title: t('quantity.failed'),
        closeButtonProps: { 'aria-label': t('action.close') },
        message: (
          <Group justify="space-between" wrap="nowrap">
            <span>{t('quantity.changed', values)}</span>
            <Button size="xs" variant="default" style={{ flex: 'none' }} onClick={setAnyway}>
              {t('quantity.anyway', { wanted: values.wanted })}
            </Button>
          </Group>
        ),
      });
    },
    [t, format],
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
