'use client';

import { Anchor, Breadcrumbs, Button, Group, Stack, Text } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { Badge, type Tone } from '@/components/badge';
import { Confirm } from '@/components/confirm';
import { Empty, Failed } from '@/components/feedback';
import { Panel } from '@/components/panel';
import { type Column, DataTable } from '@/components/table/data-table';
import { useTold } from '@/components/told';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import {
  type Delivery,
  useDeliveries,
  useRemoveWebhook,
  useResumeWebhook,
  useSendAgain,
  useTestWebhook,
  type Webhook,
} from './webhook-queries';
import { WebhookState } from './webhooks';

const WebhookForm = dynamic(() => import('./webhook-form').then((one) => one.WebhookForm), { ssr: false });
const SecretForm = dynamic(() => import('./secret-form').then((one) => one.SecretForm), { ssr: false });

/** One webhook: how it gets on, what was sent to it, and what can be done about either. */
export function OneWebhook({ webhook }: { webhook: Webhook }) {
  const t = useT();
  const { set } = useUrl();
  return (
    <Stack gap="md">
      <Breadcrumbs fz="sm">
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => set({ webhook: null }, { push: true })}
        >
          {t('settings.webhooks')}
        </Anchor>
        <Text size="sm" c="dimmed" truncate>
          {webhook.description || webhook.url}
        </Text>
      </Breadcrumbs>
      <State webhook={webhook} />
      <Deliveries webhook={webhook} />
    </Stack>
  );
}

function State({ webhook }: { webhook: Webhook }) {
  const t = useT();
  const told = useTold();
  const { set } = useUrl();
  const { format } = useSession();
  const test = useTestWebhook();
  const resume = useResumeWebhook();
  const remove = useRemoveWebhook();
  const [open, setOpen] = useState<'change' | 'secret' | 'remove' | null>(null);
  const close = () => setOpen(null);
  const failed = test.error ?? resume.error;
  const stuck = webhook.state !== 'ok';
  return (
    <Panel
      title={webhook.url}
      asked={{ data: webhook, error: null, refetch: () => undefined }}
      height={120}
      aside={<WebhookState webhook={webhook} />}
    >
      {() => (
        <Stack gap="sm">
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {webhook.types?.join(', ')}
          </Text>
          {webhook.reason && (
            <Text size="sm" c="var(--bad)" role="status">
              {webhook.reason}
              {webhook.next_attempt_at &&
                ` ${t('webhook.next', { when: format.time(webhook.next_attempt_at) })}`}
            </Text>
          )}
          {failed ? <Failed error={failed} /> : null}
          <Group gap="xs">
            <Button
              size="sm"
              loading={test.isPending}
              onClick={() => test.mutate(webhook.id, { onSuccess: () => told(t('webhook.tested')) })}
            >
              {t('webhook.test')}
            </Button>
            {stuck && (
              <Button
                size="sm"
                variant="default"
                loading={resume.isPending}
                onClick={() => resume.mutate({ id: webhook.id, skip: false })}
              >
                {t('webhook.resume')}
              </Button>
            )}
            {webhook.state === 'paused' && (
              <Button
                size="sm"
                variant="default"
                onClick={() => resume.mutate({ id: webhook.id, skip: true })}
              >
                {t('webhook.skip')}
              </Button>
            )}
            <Button size="sm" variant="default" onClick={() => setOpen('change')}>
              {t('action.change')}
            </Button>
            <Button size="sm" variant="default" onClick={() => setOpen('secret')}>
              {t('webhook.new_secret')}
            </Button>
            <Button size="sm" variant="default" onClick={() => setOpen('remove')}>
              {t('webhook.remove')}
            </Button>
          </Group>
          {open === 'change' && <WebhookForm webhook={webhook} onClose={close} />}
          {open === 'secret' && <SecretForm webhook={webhook} onClose={close} />}
          {open === 'remove' && (
            <Confirm
              title={t('webhook.remove_title')}
              lead={t('webhook.remove_lead')}
              act={t('webhook.remove')}
              pending={remove.isPending}
              error={remove.error}
              onClose={close}
              onConfirm={() => remove.mutate(webhook.id, { onSuccess: () => set({ webhook: null }) })}
            />
          )}
        </Stack>
      )}
    </Panel>
  );
}

const TONES: Record<Delivery['status'], Tone> = {
  pending: 'info',
  delivered: 'good',
  failed: 'warn',
  dead: 'bad',
  replaced: 'plain',
};

function Result({ delivery }: { delivery: Delivery }) {
  const t = useT();
  return <Badge tone={TONES[delivery.status]}>{t(`delivery.${delivery.status}`)}</Badge>;
}

const said = (one: Delivery): string =>
  [one.response_status, one.error || one.answer].filter(Boolean).join(' · ') || '–';

function Deliveries({ webhook }: { webhook: Webhook }) {
  const t = useT();
  const told = useTold();
  const { format } = useSession();
  const list = useDeliveries(webhook.id);
  const again = useSendAgain();
  const { mutate } = again;
  const columns = useMemo<Column<Delivery>[]>(
    () => [
      { id: 'when', header: t('field.when'), width: 150, cell: (one) => format.time(one.created_at) },
      { id: 'kind', header: t('field.kind'), width: 130, cell: (one) => t(`delivery.${one.kind}`) },
      { id: 'state', header: t('field.status'), width: 130, cell: (one) => <Result delivery={one} /> },
      {
        id: 'events',
        header: t('webhook.events'),
        width: 90,
        end: true,
        cell: (one) => format.quantity(one.events),
      },
      {
        id: 'tries',
        header: t('delivery.attempts'),
        width: 80,
        end: true,
        cell: (one) => format.quantity(one.attempts),
      },
      {
        id: 'took',
        header: t('delivery.took'),
        width: 100,
        end: true,
        cell: (one) => (one.duration_ms == null ? '–' : `${format.quantity(one.duration_ms)} ms`),
      },
      { id: 'said', header: t('delivery.answer'), cell: (one) => <span title={said(one)}>{said(one)}</span> },
      {
        id: 'act',
        header: t('field.actions'),
        quiet: true,
        width: 120,
        end: true,
        cell: (one) => (
          <Button
            size="xs"
            variant="default"
            onClick={() => mutate(one.id, { onSuccess: () => told(t('delivery.sent_again')) })}
          >
            {t('delivery.again')}
          </Button>
        ),
      },
    ],
    [t, format, mutate, told],
  );
  return (
    <>
      {again.error && <Failed error={again.error} />}
      <DataTable
        label={t('webhook.deliveries')}
        list={list}
        columns={columns}
        rowKey={(one) => one.id}
        empty={<Empty title={t('webhook.nothing_sent')}>{t('webhook.nothing_sent_lead')}</Empty>}
        card={(one) => (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <div style={{ minWidth: 0 }}>
              <Text size="sm">
                {format.time(one.created_at)} · {t(`delivery.${one.kind}`)}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {said(one)}
              </Text>
            </div>
            <Result delivery={one} />
          </Group>
        )}
      />
    </>
  );
}
