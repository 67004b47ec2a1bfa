'use client';

import { Group, Text } from '@mantine/core';
import Link from 'next/link';
import { type ReactNode, useMemo } from 'react';
import css from '@/components/panel.module.css';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import type { Pages } from '@/lib/pages';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import type { Count } from './queries';
import { CountBadge } from './state';

function CountName({ count }: { count: Count }) {
  const { query } = useUrl();
  return (
    <Link className={css.plain} href={href('/counts/', query, { id: String(count.id) })}>
      <Text component="span" size="sm" fw={560} className="figures">
        {count.number}
      </Text>{' '}
      <span className={css.small}>{count.name}</span>
    </Link>
  );
}

export function CountTable({ list, empty }: { list: Pages<Count>; empty: ReactNode }) {
  const t = useT();
  const { format, storeOf } = useSession();
  const { query } = useUrl();
  const columns = useMemo<Column<Count>[]>(
    () => [
      { id: 'number', header: t('count.number'), cell: (row) => <CountName count={row} /> },
      { id: 'store', header: t('field.store'), width: 200, cell: (row) => row.store_name },
      { id: 'kind', header: t('field.kind'), width: 120, cell: (row) => t(`count.kind_${row.kind}`) },
      {
        id: 'state',
        header: t('field.status'),
        width: 140,
        cell: (row) => <CountBadge state={row.state} />,
      },
      {
        id: 'planned',
        header: t('count.planned_for'),
        width: 120,
        cell: (row) => (row.planned_for ? format.day(row.planned_for) : '–'),
      },
      { id: 'by', header: t('count.planned_by'), width: 150, cell: (row) => row.planned_by },
      {
        id: 'updated',
        header: t('field.updated'),
        width: 156,
        end: true,
        cell: (row) => (
          <span className="soft">{format.time(row.updated_at, storeOf(row.store)?.time_zone)}</span>
        ),
      },
    ],
    [t, format, storeOf],
  );
  return (
    <DataTable
      label={t('nav.counts')}
      list={list}
      columns={columns}
      rowKey={(row) => row.id}
      empty={empty}
      card={(row) => (
        <Link className={css.plain} href={href('/counts/', query, { id: String(row.id) })}>
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm" fw={560} className="figures">
              {row.number}
            </Text>
            <CountBadge state={row.state} />
          </Group>
          <Text size="sm" mt={4}>
            {[row.name, row.store_name].filter(Boolean).join(' · ')}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`count.kind_${row.kind}`)}
          </Text>
        </Link>
      )}
    />
  );
}
