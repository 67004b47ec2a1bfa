'use client';

import { Group, Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { ProductName } from '@/components/product-name';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import type { Pages } from '@/lib/pages';
import { useSession } from '@/lib/session';
import { Quantity } from './quantity';
import type { StockRow } from './queries';
import { StatusBadge } from './status';
import { useQuantityEdit } from './use-quantity-edit';

type Props = {
  list: Pages<StockRow>;
  empty: ReactNode;
  withStore: boolean;
  withProduct?: boolean;
  order?: string;
  onOrder?: (order: string) => void;
};

const NARROW = 104;

function useColumns(withStore: boolean, withProduct: boolean): Column<StockRow>[] {
  const t = useT();
  const { format, storeOf } = useSession();
  const edit = useQuantityEdit();
  return useMemo(() => {
    const number = (id: string, header: string, value: (row: StockRow) => number | null, order?: string) => ({
      id,
      header,
      width: NARROW,
      end: true,
      ...(order ? { order } : {}),
      cell: (row: StockRow) => format.quantity(value(row)),
    });
    const product: Column<StockRow> = {
      id: 'product',
      header: t('field.product'),
      order: 'product_name',
      cell: (row) => <ProductName id={row.product_id} name={row.product_name} sku={row.sku} />,
    };
    const store: Column<StockRow> = {
      id: 'store',
      header: t('field.store'),
      width: 180,
      cell: (row) => row.store,
    };
    return [
      ...(withProduct ? [product] : []),
      ...(withStore ? [store] : []),
      {
        id: 'status',
        header: t('field.status'),
        width: 116,
        cell: (row: StockRow) => <StatusBadge status={row.status} />,
      },
      {
        id: 'on_hand',
        header: t('field.on_hand'),
        width: 112,
        end: true,
        order: 'on_hand',
        cell: (row: StockRow) => (
          <Quantity row={row} onChange={(delta, expected) => edit(row, delta, expected)} />
        ),
      },
      number('available', t('field.available'), (row) => row.available, 'available'),
      number('incoming', t('field.incoming'), (row) => row.in_transit_in + row.on_order),
      number('reorder', t('field.reorder_level'), (row) => row.reorder_level),
      {
        id: 'updated',
        header: t('field.updated'),
        width: 156,
        end: true,
        order: 'updated_at',
        cell: (row: StockRow) => (
          <span className="soft">{format.time(row.updated_at, storeOf(row.store_id)?.time_zone)}</span>
        ),
      },
    ];
  }, [t, format, storeOf, edit, withStore, withProduct]);
}

/** Balances, with their quantities to change where they stand. */
export function StockTable({ list, empty, withStore, withProduct = true, order, onOrder }: Props) {
  const t = useT();
  const { format } = useSession();
  const edit = useQuantityEdit();
  const columns = useColumns(withStore, withProduct);
  return (
    <DataTable
      label={t('nav.stock')}
      list={list}
      columns={columns}
      rowKey={(row) => row.id}
      empty={empty}
      {...(order !== undefined ? { order } : {})}
      {...(onOrder ? { onOrder } : {})}
      card={(row) => (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <div style={{ minWidth: 0 }}>
            {withProduct ? (
              <ProductName
                id={row.product_id}
                name={row.product_name}
                sku={withStore ? `${row.sku} · ${row.store}` : row.sku}
              />
            ) : (
              <Text size="sm">{row.store}</Text>
            )}
            <Group gap={8} mt={4}>
              <StatusBadge status={row.status} />
              <Text size="xs" c="dimmed">
                {t('stock.reorder_at', { level: format.quantity(row.reorder_level) })}
              </Text>
            </Group>
          </div>
          <Quantity row={row} onChange={(delta, expected) => edit(row, delta, expected)} />
        </Group>
      )}
    />
  );
}
