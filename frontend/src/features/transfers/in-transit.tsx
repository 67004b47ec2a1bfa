'use client';

import { Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Empty } from '@/components/feedback';
import { ProductName } from '@/components/product-name';
import { type Column, DataTable } from '@/components/table/data-table';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { type Direction, type InTransitRow, useInTransit } from './queries';

/** Units that are in no store: what comes to one's stores, and what has left them. */
export function InTransit() {
  const t = useT();
  const { format, store } = useSession();
  const { get, set } = useUrl();
  const direction: Direction = get('direction') === 'out' ? 'out' : 'in';
  const list = useInTransit(direction, store ? String(store.id) : '');
  const columns = useMemo<Column<InTransitRow>[]>(
    () => [
      {
        id: 'product',
        header: t('field.product'),
        cell: (row) => <ProductName id={row.product_id} name={row.product_name} sku={row.sku} />,
      },
      { id: 'store', header: t('field.store'), width: 220, cell: (row) => row.store_name },
      {
        id: 'units',
        header: t('field.units'),
        width: 110,
        end: true,
        cell: (row) => format.quantity(row.units),
      },
      {
        id: 'transfers',
        header: t('nav.transfers'),
        width: 110,
        end: true,
        cell: (row) => format.quantity(row.transfers),
      },
      {
        id: 'expected',
        header: t('transfer.next_expected'),
        width: 150,
        end: true,
        cell: (row) => (row.next_expected_on ? format.day(row.next_expected_on) : '–'),
      },
    ],
    [t, format],
  );
  return (
    <>
      <Group>
        <Tabs
          label={t('transfers.direction')}
          value={direction}
          options={[
            { value: 'in', label: t('transfers.coming') },
            { value: 'out', label: t('transfers.going') },
          ]}
          onChange={(next) => set({ direction: next === 'in' ? null : next })}
        />
      </Group>
      <DataTable
        label={t('transfers.view_products')}
        list={list}
        columns={columns}
        rowKey={(row) => `${row.store_id}-${row.product_id}`}
        empty={<Empty title={t('transfers.none_way')}>{t('transfers.none_lead')}</Empty>}
        card={(row) => (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <ProductName id={row.product_id} name={row.product_name} sku={`${row.sku} · ${row.store_name}`} />
            <Text size="sm" fw={560} className="figures">
              {format.quantity(row.units)}
            </Text>
          </Group>
        )}
      />
    </>
  );
}
