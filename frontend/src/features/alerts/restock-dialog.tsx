'use client';

import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { reasons } from '@/components/feedback';
import { Papers } from '@/components/papers';
import { newKey } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import { type Alert, useAcknowledge, useRestock } from './queries';

type Props = {
  alert: Alert;
  /** The other alerts about the same shelf: what is ordered for one is known of all. */
  others: Alert[];
  onClose: () => void;
};

/** From an alert to a draft in one step; what it becomes is shown, and sent from there. */
export function RestockDialog({ alert, others, onClose }: Props) {
  const t = useT();
  const format = useFormat();
  const restock = useRestock();
  const acknowledge = useAcknowledge();
  const [key] = useState(newKey);
  const [quantity, setQuantity] = useState<string | number>('');
  if (restock.data) return <Papers answer={restock.data} onClose={onClose} />;

  function order(event: FormEvent): void {
    event.preventDefault();
    const own = quantity === '' ? null : Number(quantity);
    const known = others.filter(({ status }) => status === 'open').map(({ id }) => id);
    restock.mutate(
      { id: alert.id, quantity: own, key: `${key}-${quantity}` },
      { onSuccess: () => known.length > 0 && acknowledge.mutate(known) },
    );
  }

  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={t('alerts.order_title', { product: alert.product_name })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={order}>
        <Stack gap="sm">
          <Text size="sm">{alert.sentence}</Text>
          <NumberInput
            label={t('alerts.order_quantity')}
            description={t('alerts.order_hint', { store: alert.store_name })}
            placeholder={t('alerts.recommended', { quantity: format.quantity(alert.quantity) })}
            value={quantity}
            min={0}
            decimalScale={3}
            hideControls
            data-autofocus
            onChange={setQuantity}
          />
          {restock.error && (
            <Text role="alert" size="sm" c="var(--bad)">
              {reasons(restock.error, t)}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={restock.isPending}>
              {t('order.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
