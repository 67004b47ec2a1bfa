'use client';

import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { sentence } from '@/components/feedback';
import { useT } from '@/lib/i18n';
import { useReverse } from '@/lib/ledger';
import { useFormat } from '@/lib/session';
import type { Movement } from './queries';

/** Asks why before a movement is taken back: the reason is in the ledger for good. */
export function ReverseDialog({ movement, onClose }: { movement: Movement; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const reversal = useReverse();
  const [reason, setReason] = useState('');
  function confirm(): void {
    reversal.mutate(
      { id: movement.id, reason },
      {
        onSuccess: () => {
          notifications.show({ message: t('reverse.done') });
          onClose();
        },
      },
    );
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('reverse.title')}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {t('reverse.lead', {
            change: format.change(-movement.delta),
            product: movement.product_name,
            store: movement.store_name,
          })}
        </Text>
        <TextInput
          label={t('field.reason')}
          value={reason}
          maxLength={300}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {reversal.error && (
          <Text role="alert" size="sm" c="var(--bad)">
            {sentence(reversal.error, t)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button onClick={confirm} loading={reversal.isPending}>
            {t('reverse.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
