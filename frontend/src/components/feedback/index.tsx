'use client';

import { Alert, Button, Center, Code, Loader, Stack, Text, Title } from '@mantine/core';
import { CircleAlert, PackageOpen, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError } from '@/lib/api/errors';
import { type Translate, useT } from '@/lib/i18n';

/** What went wrong, in a sentence for people: the API's own where it gave one. */
export function sentence(error: unknown, t: Translate): string {
  if (!(error instanceof ApiError)) return t('error.unknown');
  if (error.status === 0) return t('error.offline');
  if (error.code === 'permission_denied') return t('error.forbidden');
  return error.message || t('error.unknown');
}

/** The same where no field stands beside it: what is wrong with each thing that was sent, if the API said so. */
export function reasons(error: unknown, t: Translate): string {
  const said = error instanceof ApiError ? [...new Set(Object.values(error.fields).flat())] : [];
  return said.slice(0, 3).join(' ') || sentence(error, t);
}

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useT();
  const id = error instanceof ApiError ? error.requestId : '';
  return (
    <Alert
      role="alert"
      variant="default"
      icon={<CircleAlert size={18} color="var(--bad)" />}
      title={t('error.title')}
      maw={640}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{sentence(error, t)}</Text>
        {id && (
          <Text size="xs" c="dimmed">
            {t('error.request')} <Code>{id}</Code>
          </Text>
        )}
        {retry && (
          <Button size="xs" variant="default" leftSection={<RefreshCw size={14} />} onClick={retry}>
            {t('action.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Center py={56} px="md">
      <Stack align="center" gap={6} maw={420} ta="center">
        <PackageOpen size={36} strokeWidth={1.4} color="var(--soft)" aria-hidden />
        <Title order={2} size="h4">
          {title}
        </Title>
        {children && (
          <Text size="sm" c="dimmed">
            {children}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}

export function Waiting() {
  const t = useT();
  return (
    <Center h="60vh" role="status" aria-label={t('state.loading')}>
      <Loader type="dots" />
    </Center>
  );
}
