'use client';

import { Button, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Badge } from '@/components/badge';
import { Empty } from '@/components/feedback';
import { ProductName } from '@/components/product-name';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { type Due, useDue } from './queries';

/** What one store should count next: the most valuable products most often. */
export function DueList({ onPlan }: { onPlan: (() => void) | undefined }) {
  const { stores, store } = useSession();
  const one = store ?? (stores.length === 1 ? stores[0] : undefined);
  const t = useT();
  if (!one) return <Empty title={t('counts.choose_store')}>{t('counts.choose_store_lead')}</Empty>;
  return <Rows store={one.id} onPlan={onPlan} />;
}

function Rows({ store, onPlan }: { store: number; onPlan: (() => void) | undefined }) {
  const t = useT();
  const { format } = useSession();
  const list = useDue(String(store));
  const columns = useMemo<Column<Due>[]>(() => {
    const since = (row: Due) =>
      row.days_since_counted === null ? t('counts.never') : format.daysAgo(row.days_since_counted);
    return [
      {
        id: 'product',
        header: t('field.product'),
        cell: (row) => <ProductName id={row.product_id} name={row.product_name} sku={row.sku} />,
      },
      { id: 'class', header: t('counts.class'), width: 90, cell: (row) => row.abc_class },
      { id: 'counted', header: t('counts.last_counted'), width: 150, cell: since },
      {
        id: 'cycle',
        header: t('counts.cycle'),
        width: 140,
        end: true,
        cell: (row) => format.days(row.cycle_days),
      },
      {
        id: 'sold',
        header: t('counts.sold'),
        width: 130,
        end: true,
        cell: (row) => format.quantity(row.units_sold),
      },
      {
        id: 'listed',
        header: t('field.status'),
        width: 130,
        cell: (row) => row.in_open_count && <Badge tone="info">{t('counts.listed')}</Badge>,
      },
    ];
  }, [t, format]);
  const plan = onPlan && (
    <Button variant="default" onClick={onPlan}>
      {t('counts.count_due')}
    </Button>
  );
  return (
    <>
      {plan && (list.rows?.length ?? 0) > 0 && <Group>{plan}</Group>}
      <DataTable
        label={t('counts.view_due')}
        list={list}
        columns={columns}
        rowKey={(row) => row.product_id}
        empty={<Empty title={t('counts.nothing_due')}>{t('counts.nothing_due_lead')}</Empty>}
        card={(row) => (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <ProductName id={row.product_id} name={row.product_name} sku={row.sku} />
            <Text size="xs" c="dimmed" ta="end">
              {t('counts.class')} {row.abc_class}
              <br />
              {row.days_since_counted === null ? t('counts.never') : format.daysAgo(row.days_since_counted)}
            </Text>
          </Group>
        )}
      />
    </>
  );
}
