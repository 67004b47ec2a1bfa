'use client';

import { Button, Group, Stack, Text } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { Badge } from '@/components/badge';
import { Empty } from '@/components/feedback';
import { type Column, DataTable } from '@/components/table/data-table';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { MAILING_KINDS, type Mailing, type MailingKind, useMailings } from './mailing-queries';

const MailingForm = dynamic(() => import('./mailing-form').then((one) => one.MailingForm), { ssr: false });
const ScheduleForm = dynamic(() => import('./mailing-form').then((one) => one.ScheduleForm), { ssr: false });

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** Which store's list is mailed to whom, once a day. */
export function Mailings() {
  const t = useT();
  const { caller } = useSession();
  const { get, set } = useUrl();
  const kind: MailingKind = MAILING_KINDS.find((one) => one === get('list')) ?? 'low_stock';
  const list = useMailings(kind);
  const [changing, setChanging] = useState<Mailing | null>(null);
  const [timing, setTiming] = useState(false);
  const columns = useColumns(setChanging);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Tabs
          label={t('mailing.list')}
          value={kind}
          options={MAILING_KINDS.map((value) => ({ value, label: t(`mailing.${value}`) }))}
          onChange={(next) => set({ list: next === 'low_stock' ? null : next })}
        />
        {mayAct(caller, 'admin') && (
          <Button variant="default" onClick={() => setTiming(true)}>
            {t('mailing.one_time')}
          </Button>
        )}
      </Group>
      <DataTable
        label={t('settings.mailings')}
        list={list}
        columns={columns}
        rowKey={(one) => one.store_id}
        empty={<Empty title={t('mailing.no_store')} />}
        card={(one) => (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <div style={{ minWidth: 0 }}>
              <Text size="sm" fw={540} truncate>
                {one.store}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {one.recipients.map(({ name, email }) => name || email).join(', ') || t('mailing.nobody')}
              </Text>
            </div>
            <Change mailing={one} onChange={setChanging} />
          </Group>
        )}
      />
      {changing && <MailingForm kind={kind} mailing={changing} onClose={() => setChanging(null)} />}
      {timing && <ScheduleForm kind={kind} onClose={() => setTiming(false)} />}
    </Stack>
  );
}

function Change({ mailing, onChange }: { mailing: Mailing; onChange: (mailing: Mailing) => void }) {
  const t = useT();
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={t('mailing.change_of', { store: mailing.store })}
      onClick={() => onChange(mailing)}
    >
      {t('action.change')}
    </Button>
  );
}

function useColumns(onChange: (mailing: Mailing) => void): Column<Mailing>[] {
  const t = useT();
  const { format } = useSession();
  return useMemo(
    () => [
      { id: 'store', header: t('field.store'), cell: (one) => one.store },
      {
        id: 'on',
        header: t('field.status'),
        width: 150,
        cell: (one) =>
          one.is_on ? (
            <Badge tone="good">{t('mailing.on_from', { hour: clock(one.hour) })}</Badge>
          ) : (
            <Badge>{t('mailing.off')}</Badge>
          ),
      },
      {
        id: 'to',
        header: t('mailing.recipients'),
        cell: (one) =>
          one.recipients.map(({ name, email }) => name || email).join(', ') || t('mailing.nobody'),
      },
      {
        id: 'last',
        header: t('mailing.last'),
        width: 190,
        cell: (one) =>
          one.last_run
            ? `${format.day(one.last_run.due_date)} · ${t(`mailing.run_${one.last_run.state}`)}`
            : '–',
      },
      {
        id: 'act',
        header: t('field.actions'),
        quiet: true,
        width: 100,
        end: true,
        cell: (one) => <Change mailing={one} onChange={onChange} />,
      },
    ],
    [t, format, onChange],
  );
}
