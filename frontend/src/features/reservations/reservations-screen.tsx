'use client';

import { Group, Text } from '@mantine/core';
import Link from 'next/link';
import { useMemo } from 'react';
import { Badge, type Tone } from '@/components/badge';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import css from '@/components/panel.module.css';
import { SearchField } from '@/components/search-field';
import { type Column, DataTable } from '@/components/table/data-table';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { chosen, type ReservationRow, type ReservationStatus, useReservations } from './queries';

const TONES: Record<ReservationStatus, Tone> = {
  active: 'info',
  fulfilled: 'good',
  released: 'plain',
  expired: 'plain',
};
const VIEWS = ['active', 'fulfilled', 'released', 'expired', 'all'] as const;

export function ReservationBadge({ row }: { row: Pick<ReservationRow, 'status' | 'is_overdue'> }) {
  const t = useT();
  if (row.is_overdue) return <Badge tone="bad">{t('reservation.overdue')}</Badge>;
  return <Badge tone={TONES[row.status]}>{t(`reservation.${row.status}`)}</Badge>;
}

function Name({ row }: { row: ReservationRow }) {
  const { query } = useUrl();
  const t = useT();
  return (
    <Link className={`${css.plain} ${css.ellipsis}`} href={href('/reservations/', query, { id: row.id })}>
      {row.reference || t('reservation.no_reference')}
    </Link>
  );
}

function useColumns(): Column<ReservationRow>[] {
  const t = useT();
  const { format, storeOf } = useSession();
  return useMemo(() => {
    const time = (row: ReservationRow, at: string) => (
      <span className="soft">{format.time(at, storeOf(row.store)?.time_zone)}</span>
    );
    return [
      { id: 'reference', header: t('field.reference'), cell: (row) => <Name row={row} /> },
      { id: 'store', header: t('field.store'), width: 190, cell: (row) => row.store_name },
      { id: 'status', header: t('field.status'), width: 130, cell: (row) => <ReservationBadge row={row} /> },
      { id: 'by', header: t('reservation.by'), width: 160, cell: (row) => row.reserved_by },
      {
        id: 'open',
        header: t('reservation.open'),
        width: 110,
        end: true,
        cell: (row) => format.quantity(row.units_open),
      },
      {
        id: 'reserved',
        header: t('reservation.reserved'),
        width: 110,
        end: true,
        cell: (row) => format.quantity(row.units_reserved),
      },
      {
        id: 'until',
        header: t('reservation.until'),
        width: 156,
        end: true,
        cell: (row) => time(row, row.expires_at),
      },
    ];
  }, [t, format, storeOf]);
}

export function ReservationsScreen() {
  const t = useT();
  const { store, format } = useSession();
  const { get, set } = useUrl();
  const view = VIEWS.find((one) => one === get('status')) ?? 'active';
  const filters = {
    store: store ? String(store.id) : '',
    status: view === 'all' ? ('' as const) : view,
    reference: get('q'),
  };
  const list = useReservations(filters);
  const columns = useColumns();
  return (
    <Page
      title={t('nav.reservations')}
      lead={t('reservations.lead')}
      actions={<Download path="/api/reservations/" filters={chosen(filters)} />}
    >
      <Group gap="sm">
        <SearchField label={t('field.reference')} />
        <Tabs
          label={t('field.status')}
          value={view}
          options={VIEWS.map((value) => ({
            value,
            label: value === 'all' ? t('stock.all') : t(`reservation.${value}`),
          }))}
          onChange={(next) => set({ status: next === 'active' ? null : next }, { push: true })}
        />
      </Group>
      <DataTable
        label={t('nav.reservations')}
        list={list}
        columns={columns}
        rowKey={(row) => row.id}
        empty={<Empty title={t('reservations.none')}>{t('reservations.none_lead')}</Empty>}
        card={(row) => (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <div style={{ minWidth: 0 }}>
              <Name row={row} />
              <Text size="xs" c="dimmed" truncate>
                {row.store_name} · {format.quantity(row.units_reserved)}
              </Text>
            </div>
            <ReservationBadge row={row} />
          </Group>
        )}
      />
    </Page>
  );
}
