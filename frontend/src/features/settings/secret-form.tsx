'use client';

import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { FormFoot } from '@/components/form-foot';
import { Secret } from '@/components/secret';
import { SideForm } from '@/components/side-form';
import { useT } from '@/lib/i18n';
import { Overlap, USUAL_OVERLAP } from './overlap';
import { useRotateSecret, type Webhook } from './webhook-queries';

/** A new secret for a webhook; for a while requests are signed by both. */
export function SecretForm({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const t = useT();
  const rotate = useRotateSecret();
  const [hours, setHours] = useState(USUAL_OVERLAP);
  return (
    <SideForm
      title={t('webhook.new_secret')}
      onClose={onClose}
      onSubmit={() => (rotate.data ? onClose() : rotate.mutate({ id: webhook.id, hours: Number(hours) }))}
    >
      {rotate.data ? (
        <>
          <Secret label={t('webhook.secret')} value={rotate.data.secret} lead={t('webhook.secret_lead')} />
          <Group justify="flex-end">
            <Button type="submit">{t('action.done')}</Button>
          </Group>
        </>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {t('webhook.new_secret_lead')}
          </Text>
          <Overlap value={hours} onChange={setHours} />
          <FormFoot
            error={rotate.error}
            busy={rotate.isPending}
            action={t('webhook.new_secret')}
            onClose={onClose}
          />
        </>
      )}
    </SideForm>
  );
}
