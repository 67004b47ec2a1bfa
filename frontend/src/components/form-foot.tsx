'use client';

import { Button, Group, Text } from '@mantine/core';
import { sentence } from '@/components/feedback';
import { useT } from '@/lib/i18n';

type Props = { error: unknown; busy: boolean; action: string; onClose?: () => void };

/** The end of a form: what was wrong with all of it, the way out and the way on. */
export function FormFoot({ error, busy, action, onClose }: Props) {
  const t = useT();
  return (
    <>
      {error ? (
        <Text role="alert" size="sm" c="var(--bad)">
          {sentence(error, t)}
        </Text>
      ) : null}
      <Group justify="flex-end" mt="xs">
        {onClose && (
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        )}
        <Button type="submit" loading={busy}>
          {action}
        </Button>
      </Group>
    </>
  );
}
