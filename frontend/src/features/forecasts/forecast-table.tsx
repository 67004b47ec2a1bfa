'use client';

import { Button, Group, Text } from '@mantine/core';
import Link from 'next/link';
import { useMemo } from 'react';
import { Empty } from '@/components/feedback';
import panel from '@/components/panel.module.css';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import type { Pages } from '@/lib/pages';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { round, StateBadge, Total } from './parts';
import type { ForecastFilters, ForecastRow } from './queries';

const AHEAD = [1, 7, 30] as const;

/** The product's name, which leads to its forecast taken apart. */
function Name({ row, withStore }: { row: ForecastRow; withStore: boolean }) {
  const { query } = useUrl();
  return (
    <div style={{ lineHeight: 1.3, minWidth: 0 }}>
      <Link className={`${panel.plain} ${panel.ellipsis}`} href={href('/forecasts/', query, { id: row.id })}>
        {row.product_name}
      </Link>
      <span className={`${panel.small} ${panel.ellipsis}`}>
        {withStore ? `${row.sku} · ${row.store_name}` : row.sku}
      </span>
    </div>
  );
}

export function ForecastTable({ list, filters }: { list: Pages<ForecastRow>; filters: ForecastFilters }) {
  const t = useT();
  const { set } = useUrl();
  const { format, stores, store } = useSession();
  const withStore = !store && stores.length > 1;
  const columns = useColumns(withStore);
  const filtered = Boolean(filters.search || filters.category || filters.state);
  return (
    <DataTable
      wide
      label={t('nav.forecasts')}
      list={list}
      columns={columns}
      rowKey={(row) => row.id}
      order={filters.ordering}
      onOrder={(order) => set({ order })}
      card={(row) => (
        <>
          <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
            <Name row={row} withStore={withStore} />
            <StateBadge state={row.state} />
          </Group>
          <Group gap="lg" mt={6}>
            {AHEAD.map((days) => (
              <div key={days}>
                <Text size="xs" c="dimmed">
                  {t(`forecast.ahead_${days}`)}
                </Text>
                <Total totals={row.totals} days={days} />
              </div>
            ))}
            {row.lost_units > 0 && (
              <div>
                <Text size="xs" c="dimmed">
                  {t('forecast.lost_short')}
                </Text>
                {format.quantity(round(row.lost_units))}
              </div>
            )}
          </Group>
        </>
      )}
      empty={
        <Empty
          title={filtered ? t('forecasts.none_found') : t('forecasts.none')}
          action={
            filtered && (
              <Button variant="default" mt="xs" onClick={() => set({ q: null, category: null, state: null })}>
                {t('action.clear_filters')}
              </Button>
            )
          }
        >
          {filtered ? null : t('forecasts.none_lead')}
        </Empty>
      }
    />
  );
}

function useColumns(withStore: boolean): Column<ForecastRow>[] {
  const t = useT();
  const { format, storeOf } = useSession();
  return useMemo(
    () => [
      { id: 'product', header: t('field.product'), cell: (row) => <Name row={row} withStore={false} /> },
      ...(withStore
        ? [{ id: 'store', header: t('field.store'), width: 170, cell: (row: ForecastRow) => row.store_name }]
        : []),
      ...AHEAD.map(
        (days): Column<ForecastRow> => ({
          id: `units_${days}`,
          header: t(`forecast.ahead_${days}`),
          width: 120,
          end: true,
          order: `units_${days}`,
          cell: (row) => <Total totals={row.totals} days={days} />,
        }),
      ),
      {
        id: 'lost',
        header: t('forecast.lost_short'),
        width: 130,
        end: true,
        order: 'lost_units',
        cell: (row) =>
          row.lost_units > 0 ? (
            <span title={format.money(row.lost_money, storeOf(row.store_id)?.currency)}>
              {format.quantity(round(row.lost_units))}
            </span>
          ) : (
            '–'
          ),
      },
      {
        id: 'method',
        header: t('forecast.method'),
        width: 160,
        cell: (row) => <span className="soft">{t(`forecast.method_${row.method}`)}</span>,
      },
      {
        id: 'state',
        header: t('forecast.state'),
        width: 150,
        cell: (row) => <StateBadge state={row.state} />,
      },
    ],
    [t, format, storeOf, withStore],
  );
}
