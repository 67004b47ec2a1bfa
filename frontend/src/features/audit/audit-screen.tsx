'use client';

import { Button, Group, Text, TextInput } from '@mantine/core';
import Link from 'next/link';
import { useMemo } from 'react';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import css from '@/components/panel.module.css';
import { Select } from '@/components/select';
import { type Column, DataTable } from '@/components/table/data-table';
import { beginOfDay, isDay } from '@/lib/day';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { EntryScreen } from './entry-screen';
import { LogCheck } from './log-check';
import { asked, type Entry, type LogFilters, useLog, usePeople } from './queries';
import { useReader } from './reader';
import { actionWords, summary } from './words';

const AREAS = [
  'stock',
  'catalog',
  'stores',
  'alert',
  'forecasting',
  'accounts',
  'webhooks',
  'platform',
] as const;
/** What of the address is a filter of this screen. */
const OWN = ['action', 'user', 'product', 'object_type', 'object_id', 'request_id', 'from', 'to'] as const;
const NONE = Object.fromEntries(OWN.map((name) => [name, null]));

function useFilters(): LogFilters {
  const { get } = useUrl();
  const { store, caller } = useSession();
  const zone = caller.organization.time_zone;
  const day = (name: string, after: number) => (isDay(get(name)) ? beginOfDay(get(name), zone, after) : '');
  return {
    action: get('action'),
    user: get('user'),
    store: store ? String(store.id) : '',
    product: get('product'),
    object_type: get('object_type'),
    object_id: get('object_id'),
    request_id: get('request_id'),
    since: day('from', 0),
    until: day('to', 1),
  };
}

/** `/audit/` is the log, `/audit/?entry=48213` one entry of it: an address that can be sent to a colleague. */
export function AuditScreen() {
  const { get } = useUrl();
  const entry = get('entry');
  return /^\d{1,18}$/.test(entry) ? <EntryScreen key={entry} sequence={entry} /> : <Log />;
}

function useColumns(): Column<Entry>[] {
  const reader = useReader();
  const { query } = useUrl();
  return useMemo(() => {
    const { t, format, storeOf } = reader;
    return [
      {
        id: 'when',
        header: t('field.when'),
        width: 150,
        cell: (one) => <span title={format.timeLong(one.occurred_at)}>{format.time(one.occurred_at)}</span>,
      },
      {
        id: 'who',
        header: t('log.person'),
        width: 150,
        cell: (one) => one.actor.label || t('log.system'),
      },
      {
        id: 'what',
        header: t('log.action'),
        width: 220,
        cell: (one) => (
          <Link
            className={css.plain}
            title={one.action}
            href={href('/audit/', query, { entry: String(one.sequence) })}
          >
            {actionWords(one.action, t)}
          </Link>
        ),
      },
      { id: 'object', header: t('log.object'), width: 200, cell: (one) => one.object_label || one.object_id },
      {
        id: 'store',
        header: t('field.store'),
        width: 150,
        cell: (one) => (one.store_id ? (storeOf(one.store_id)?.name ?? one.store_id) : '–'),
      },
      {
        id: 'change',
        header: t('field.change'),
        cell: (one) => {
          const words = summary(one, reader);
          return (
            <span className="soft" title={words}>
              {words}
            </span>
          );
        },
      },
    ];
  }, [reader, query]);
}

function Log() {
  const t = useT();
  const { caller } = useSession();
  const { set, query, get } = useUrl();
  const reader = useReader();
  const filters = useFilters();
  const list = useLog(filters);
  const columns = useColumns();
  const filtered = OWN.some((name) => get(name) !== '');
  const download = Object.fromEntries(
    Object.entries(asked(filters)).map(([name, value]) => [name, String(value)]),
  );
  return (
    <Page
      title={t('nav.audit')}
      lead={t('log.lead')}
      actions={
        <>
          <Download path="/api/logs/" filters={download} />
          {mayAct(caller, 'admin') && <LogCheck />}
        </>
      }
    >
      <Filters />
      <DataTable
        label={t('nav.audit')}
        list={list}
        columns={columns}
        rowKey={(one) => one.sequence}
        empty={
          <Empty
            title={filtered ? t('log.none_found') : t('log.none')}
            action={
              filtered && (
                <Button variant="default" mt="xs" onClick={() => set(NONE)}>
                  {t('action.clear_filters')}
                </Button>
              )
            }
          />
        }
        card={(one) => (
          <div>
            <Group justify="space-between" wrap="nowrap" gap="sm">
              <Link className={css.plain} href={href('/audit/', query, { entry: String(one.sequence) })}>
                <Text size="sm" fw={540}>
                  {actionWords(one.action, t)}
                </Text>
              </Link>
              <Text size="xs" c="dimmed">
                {reader.format.time(one.occurred_at)}
              </Text>
            </Group>
            <Text size="xs" c="dimmed" truncate>
              {[one.actor.label || t('log.system'), one.object_label].filter(Boolean).join(' · ')}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {summary(one, reader)}
            </Text>
          </div>
        )}
      />
    </Page>
  );
}

function Filters() {
  const t = useT();
  const { get, set } = useUrl();
  const { caller } = useSession();
  const people = usePeople(mayAct(caller, 'manager'));
  const action = get('action');
  const areas = AREAS.map((area) => ({ value: `${area}.`, label: t(`log.area_${area}`) }));
  const known = !action || areas.some(({ value }) => value === action);
  const extra = ['object_type', 'object_id', 'request_id', 'product'].some((name) => get(name) !== '');
  return (
    <Group gap="sm">
      <Select
        aria-label={t('log.areas')}
        placeholder={t('log.all')}
        data={known ? areas : [...areas, { value: action, label: actionWords(action, t) }]}
        value={action || null}
        onChange={(next) => set({ action: next })}
        clearable
        clearButtonProps={{ 'aria-label': t('action.clear') }}
        w={{ base: '100%', sm: 200 }}
      />
      <Select
        aria-label={t('log.person')}
        placeholder={t('log.person')}
        data={(people.data?.results ?? []).map(({ user_id, username }) => ({
          value: String(user_id),
          label: username,
        }))}
        value={get('user') || null}
        onChange={(user) => set({ user })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('action.clear') }}
        nothingFoundMessage={t('list.nothing')}
        w={{ base: '100%', sm: 190 }}
      />
      <Group gap={6} wrap="nowrap" w={{ base: '100%', sm: 'auto' }}>
        <TextInput
          type="date"
          aria-label={t('field.from')}
          value={isDay(get('from')) ? get('from') : ''}
          onChange={(event) => set({ from: event.currentTarget.value })}
          style={{ flex: 1 }}
        />
        <span className="soft" aria-hidden>
          –
        </span>
        <TextInput
          type="date"
          aria-label={t('field.to')}
          value={isDay(get('to')) ? get('to') : ''}
          onChange={(event) => set({ to: event.currentTarget.value })}
          style={{ flex: 1 }}
        />
      </Group>
      {extra && (
        <Button variant="default" onClick={() => set(NONE)}>
          {t('action.clear_filters')}
        </Button>
      )}
    </Group>
  );
}
