'use client';

import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { sentence } from '@/components/feedback';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import { type Import, useStep } from './queries';

/** Asks once before an import is taken back as a whole. */
export function UndoDialog({ job, onClose }: { job: Import; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const step = useStep(job.id);
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t('imports.undo_title', { file: job.file_name })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('imports.undo_lead', { rows: format.quantity(job.succeeded) })}</Text>
        {step.error && (
          <Text role="alert" size="sm" c="var(--bad)">
            {sentence(step.error, t)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            color="red"
            loading={step.isPending}
            onClick={() => step.mutate({ step: 'undo' }, { onSuccess: onClose })}
          >
            {t('imports.undo_confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
