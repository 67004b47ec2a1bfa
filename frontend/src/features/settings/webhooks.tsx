'use client';

import { Button, Group, Stack, Text } from '@mantine/core';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { Badge, type Tone } from '@/components/badge';
import { Empty } from '@/components/feedback';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { useWebhooks, type Webhook } from './webhook-queries';

const WebhookForm = dynamic(() => import('./webhook-form').then((one) => one.WebhookForm), { ssr: false });
const OneWebhook = dynamic(() => import('./webhook').then((one) => one.OneWebhook), { ssr: false });

const TONES: Record<Webhook['state'], Tone> = { ok: 'good', retrying: 'warn', paused: 'bad' };

export function WebhookState({ webhook }: { webhook: Webhook }) {
  const t = useT();
  if (webhook.is_active === false) return <Badge>{t('webhook.off')}</Badge>;
  return <Badge tone={TONES[webhook.state]}>{t(`webhook.${webhook.state}`)}</Badge>;
}

/** Addresses of the company's own that are told what happens. `?webhook=5` shows one with what was sent to it. */
export function Webhooks() {
  const { get } = useUrl();
  const list = useWebhooks();
  const shown = list.rows?.find(({ id }) => String(id) === get('webhook'));
  return shown ? <OneWebhook webhook={shown} /> : <WebhookList list={list} />;
}

function WebhookList({ list }: { list: ReturnType<typeof useWebhooks> }) {
  const t = useT();
  const { format } = useSession();
  const { set } = useUrl();
  const [making, setMaking] = useState(false);
  const columns = useMemo<Column<Webhook>[]>(
    () => [
      {
        id: 'url',
        header: t('webhook.address'),
        cell: (one) => <Open webhook={one} onOpen={() => set({ webhook: String(one.id) }, { push: true })} />,
      },
      {
        id: 'types',
        header: t('webhook.events'),
        cell: (one) => <span title={one.types?.join(', ')}>{one.types?.join(', ')}</span>,
      },
      {
        id: 'last',
        header: t('webhook.last'),
        width: 160,
        cell: (one) => (one.last_delivered_at ? format.time(one.last_delivered_at) : t('token.never')),
      },
      {
        id: 'state',
        header: t('field.status'),
        width: 140,
        cell: (one) => <WebhookState webhook={one} />,
      },
    ],
    [t, format, set],
  );
  return (
    <Stack gap="md">
      <Group>
        <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          {t('webhook.create')}
        </Button>
      </Group>
      <DataTable
        label={t('settings.webhooks')}
        list={list}
        columns={columns}
        rowKey={(one) => one.id}
        empty={<Empty title={t('webhook.none')}>{t('webhook.none_lead')}</Empty>}
        card={(one) => (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <div style={{ minWidth: 0 }}>
              <Open webhook={one} onOpen={() => set({ webhook: String(one.id) }, { push: true })} />
              <Text size="xs" c="dimmed" truncate>
                {one.types?.join(', ')}
              </Text>
            </div>
            <WebhookState webhook={one} />
          </Group>
        )}
      />
      {making && <WebhookForm onClose={() => setMaking(false)} />}
    </Stack>
  );
}

function Open({ webhook, onOpen }: { webhook: Webhook; onOpen: () => void }) {
  return (
    <Button
      variant="transparent"
      px={0}
      size="compact-sm"
      maw="100%"
      title={webhook.url}
      onClick={onOpen}
      styles={{ root: { color: 'var(--accent)' } }}
    >
      {webhook.description || webhook.url.replace('https://', '')}
    </Button>
  );
}
