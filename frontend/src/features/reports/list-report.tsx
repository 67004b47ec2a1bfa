'use client';

import { Group, SimpleGrid, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Badge } from '@/components/badge';
import { Empty } from '@/components/feedback';
import { Kpi } from '@/components/kpi';
import { ProductName } from '@/components/product-name';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT, type Words } from '@/lib/i18n';
import type { Page } from '@/lib/pages';
import { useSession } from '@/lib/session';
import type { Params } from '@/lib/url';
import type { Name } from './definitions';
import { type Row, useReport } from './queries';

/** What the columns of each list are called in its rows; the words for them are `reports.of_…`. */
const FIGURES: Partial<Record<Name, string[]>> = {
  'low-stock': ['available', 'reorder_level', 'shortfall', 'on_order', 'in_transit_in'],
  movements: ['opening', 'units_in', 'units_out', 'units_sold', 'closing', 'movements'],
  'movements-products': ['opening', 'units_in', 'units_out', 'units_sold', 'closing', 'movements'],
  'lead-times': ['planned_days', 'first_mean', 'first_spread', 'full_mean', 'full_spread', 'last_days'],
};

type Moved = Page<Row> & { start_date?: string; end_date?: string; total?: Row };

/** The lists among the reports: what a row is, and its figures. */
export function ListReport({ name, path, params }: { name: Name; path: string; params: Params }) {
  const t = useT();
  const { format } = useSession();
  const { list, first } = useReport<Moved>(path, params);
  const figures = FIGURES[name] ?? [];
  const shown = (row: Row, figure: string) => format.quantity(row[figure] as number | null);
  const columns = useColumns(name);
  const total = first?.total;
  return (
    <>
      {total && (
        <SimpleGrid cols={{ base: 2, md: 3, xl: 6 }} spacing={{ base: 'xs', sm: 'md' }}>
          {figures.map((figure) => (
            <Kpi key={figure} name={t(`reports.of_${figure}` as Words)} value={shown(total, figure)} />
          ))}
        </SimpleGrid>
      )}
      {first?.start_date && first.end_date && (
        <Text size="sm" c="dimmed" className="figures">
          {format.day(first.start_date)} – {format.day(first.end_date)}
        </Text>
      )}
      <DataTable
        label={t(`report.${name}`)}
        list={list}
        columns={columns}
        rowKey={(row) => String(row.id)}
        empty={<Empty title={t('reports.nothing')}>{t('reports.nothing_lead')}</Empty>}
        card={(row) => (
          <>
            <Text size="sm" fw={600}>
              {String(row.product_name ?? row.name ?? '')}
            </Text>
            <Text size="xs" c="dimmed">
              {[row.sku ?? row.code, row.store].filter(Boolean).join(' · ')}
            </Text>
            <Group gap="lg" mt={6}>
              {figures.slice(0, 5).map((figure) => (
                <div key={figure}>
                  <Text size="xs" c="dimmed">
                    {t(`reports.of_${figure}` as Words)}
                  </Text>
                  <Text size="sm" className="figures">
                    {shown(row, figure)}
                  </Text>
                </div>
              ))}
            </Group>
          </>
        )}
      />
    </>
  );
}

function useColumns(name: Name): Column<Row>[] {
  const t = useT();
  const { format, stores, store } = useSession();
  return useMemo(() => {
    const withStore = name === 'low-stock' && !store && stores.length > 1;
    const figures = (FIGURES[name] ?? []).map(
      (figure): Column<Row> => ({
        id: figure,
        header: t(`reports.of_${figure}` as Words),
        width: 130,
        end: true,
        cell: (row) => format.quantity(row[figure] as number | null),
      }),
    );
    const status: Column<Row> = {
      id: 'status',
      header: t('field.status'),
      width: 130,
      cell: (row) => (
        <Badge tone={row.status === 'low' ? 'warn' : 'bad'}>{t(`status.${row.status}` as Words)}</Badge>
      ),
    };
    return [
      {
        id: 'subject',
        header: t(SUBJECTS[name] ?? 'field.product'),
        cell: (row) => <Subject row={row} name={name} />,
      },
      ...(withStore
        ? [{ id: 'store', header: t('field.store'), width: 170, cell: (row: Row) => row.store }]
        : []),
      ...(name === 'low-stock' ? [status] : []),
      ...figures,
    ];
  }, [name, t, format, stores, store]);
}

const SUBJECTS: Partial<Record<Name, Words>> = { movements: 'field.store', 'lead-times': 'field.supplier' };

function Subject({ row, name }: { row: Row; name: Name }) {
  const words = String(row.product_name ?? row.name ?? '');
  if (name === 'low-stock' || name === 'movements-products') {
    return <ProductName id={Number(row.product_id ?? row.id)} name={words} sku={String(row.sku)} />;
  }
  return words;
}
