'use client';

import { Group, Text } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useMemo } from 'react';
import css from '@/components/panel.module.css';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import type { Pages } from '@/lib/pages';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import type { TransferRow } from './queries';
import { TransferBadge } from './status';

/** From one store to the other, in the direction one reads. */
export function Way({ from, to }: { from: string; to: string }) {
  const t = useT();
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, maxWidth: '100%' }}>
      <span className={css.ellipsis}>{from}</span>
      <ArrowRight size={14} aria-label={t('transfer.to')} style={{ flex: 'none' }} color="var(--soft)" />
      <span className={css.ellipsis}>{to}</span>
    </span>
  );
}

function TransferNumber({ row }: { row: TransferRow }) {
  const { query } = useUrl();
  return (
    <Link className={css.plain} href={href('/transfers/', query, { id: row.id })}>
      <Text component="span" size="sm" fw={560} className="figures">
        {row.number}
      </Text>
    </Link>
  );
}

function useColumns(): Column<TransferRow>[] {
  const t = useT();
  const { format } = useSession();
  return useMemo(() => {
    const number = (id: string, header: string, value: (row: TransferRow) => number) => ({
      id,
      header,
      width: 96,
      end: true,
      cell: (row: TransferRow) => format.quantity(value(row)),
    });
    return [
      {
        id: 'number',
        header: t('transfer.number'),
        width: 116,
        order: 'number',
        cell: (row) => <TransferNumber row={row} />,
      },
      {
        id: 'way',
        header: t('transfer.way'),
        cell: (row) => <Way from={row.from_store_name} to={row.to_store_name} />,
      },
      {
        id: 'status',
        header: t('field.status'),
        width: 150,
        cell: (row) => <TransferBadge status={row.status} />,
      },
      { id: 'reference', header: t('field.reference'), width: 130, cell: (row) => row.reference || '–' },
      {
        id: 'expected',
        header: t('transfer.expected'),
        width: 104,
        cell: (row) => (row.expected_on ? format.day(row.expected_on) : '–'),
      },
      number('lines', t('lines.label'), (row) => row.line_count),
      number('units', t('field.units'), (row) =>
        row.dispatched_at ? row.units_dispatched : row.units_requested,
      ),
      number('transit', t('transfer.in_transit'), (row) => row.units_in_transit),
      {
        id: 'updated',
        header: t('field.updated'),
        width: 148,
        end: true,
        order: 'updated_at',
        cell: (row) => <span className="soft">{format.time(row.updated_at)}</span>,
      },
    ];
  }, [t, format]);
}

type Props = {
  list: Pages<TransferRow>;
  empty: ReactNode;
  order: string;
  onOrder: (order: string) => void;
};

export function TransferTable({ list, empty, order, onOrder }: Props) {
  const t = useT();
  const { format } = useSession();
  const { query } = useUrl();
  return (
    <DataTable
      label={t('nav.transfers')}
      list={list}
      columns={useColumns()}
      rowKey={(row) => row.id}
      empty={empty}
      order={order}
      onOrder={onOrder}
      card={(row) => (
        <Link className={css.plain} href={href('/transfers/', query, { id: row.id })}>
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm" fw={560} className="figures">
              {row.number}
            </Text>
            <TransferBadge status={row.status} />
          </Group>
          <Text size="sm" component="div" mt={4}>
            <Way from={row.from_store_name} to={row.to_store_name} />
          </Text>
          <Text size="xs" c="dimmed" className="figures">
            {t('transfer.card', {
              units: format.quantity(row.dispatched_at ? row.units_dispatched : row.units_requested),
              lines: row.line_count,
            })}
          </Text>
        </Link>
      )}
    />
  );
}
