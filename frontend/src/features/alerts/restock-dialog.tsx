'use client';

import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { sentence } from '@/components/feedback';
import { Papers } from '@/components/papers';
import { newKey } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import { type Alert, useRestock } from './queries';

/** From an alert to a draft in one step; what it becomes is shown, and sent from there. */
export function RestockDialog({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const restock = useRestock();
  const [key] = useState(newKey);
  const [quantity, setQuantity] = useState<string | number>('');
  if (restock.data) return <Papers answer={restock.data} onClose={onClose} />;

  function order(event: FormEvent): void {
    event.preventDefault();
    const own = quantity === '' ? null : Number(quantity);
    restock.mutate({ id: alert.id, quantity: own, key: `${key}-${quantity}` });
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
              {sentence(restock.error, t)}
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
