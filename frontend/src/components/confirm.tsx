'use client';

import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { sentence } from '@/components/feedback';
import { useT } from '@/lib/i18n';

type Props = {
  title: string;
  lead: ReactNode;
  act: string;
  /** Asks why; the answer is kept in the log. */
  asksWhy?: boolean;
  error?: unknown;
  pending?: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
  children?: ReactNode;
};

/** Says what will happen before it does. A refusal is shown where it was asked for. */
export function Confirm(props: Props) {
  const { title, lead, act, asksWhy = false, error, pending = false, onConfirm, onClose, children } = props;
  const t = useT();
  const [reason, setReason] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    onConfirm(reason.trim());
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{lead}</Text>
          {children}
          {asksWhy && (
            <TextInput
              label={t('field.reason')}
              value={reason}
              maxLength={200}
              data-autofocus
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          {error ? (
            <Text role="alert" size="sm" c="var(--bad)">
              {sentence(error, t)}
            </Text>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.back')}
            </Button>
            <Button type="submit" loading={pending}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
