'use client';

import { Button, Group, Text } from '@mantine/core';
import Link from 'next/link';
import { useMemo } from 'react';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import panel from '@/components/panel.module.css';
import { SearchField } from '@/components/search-field';
import { SupplierSelect } from '@/components/supplier-select';
import { type Column, DataTable } from '@/components/table/data-table';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { chosen, type OrderFilters, type OrderRow, type OrderStatus, useOrders } from './queries';
import { OrderState } from './status';

const VIEWS: Record<string, OrderStatus[]> = {
  all: [],
  draft: ['draft'],
  coming: ['sent', 'partially_received'],
  late: [],
  over: ['received', 'closed', 'cancelled'],
};
const NAMES = ['all', 'draft', 'coming', 'late', 'over'] as const;

export function OrdersScreen() {
  const t = useT();
  const { get, set } = useUrl();
  const { store, stores } = useSession();
  const view = NAMES.find((one) => one === get('view')) ?? 'all';
  const filters: OrderFilters = {
    store: store ? String(store.id) : '',
    supplier: get('supplier'),
    status: VIEWS[view] ?? [],
    late: view === 'late',
    number: get('q'),
  };
  const list = useOrders(filters);
  const columns = useColumns(!store && stores.length > 1);
  const filtered = view !== 'all' || filters.supplier !== '' || filters.number !== '';
  return (
    <Page
      title={t('nav.orders')}
      lead={t('orders.lead')}
      actions={
        <>
          <Download path="/api/purchase-orders/" filters={chosenAsText(filters)} />
          <ToReplenishment />
        </>
      }
    >
      <Group gap="sm">
        <SearchField label={t('orders.search')} />
        <SupplierSelect />
        <Tabs
          label={t('field.status')}
          value={view}
          options={NAMES.map((value) => ({ value, label: t(`orders.view_${value}`) }))}
          onChange={(next) => set({ view: next === 'all' ? null : next }, { push: true })}
        />
      </Group>
      <DataTable
        label={t('nav.orders')}
        list={list}
        columns={columns}
        rowKey={(order) => order.id}
        card={(order) => <Card order={order} />}
        empty={
          <Empty
            title={t(filtered ? 'orders.none_found' : 'orders.none')}
            action={
              filtered ? (
                <Button
                  variant="default"
                  mt="xs"
                  onClick={() => set({ q: null, view: null, supplier: null })}
                >
                  {t('action.clear_filters')}
                </Button>
              ) : (
                <ToReplenishment />
              )
            }
          >
            {filtered ? null : t('orders.none_lead')}
          </Empty>
        }
      />
    </Page>
  );
}

function chosenAsText(filters: OrderFilters) {
  const { late, ...others } = chosen(filters);
  return { ...others, ...(late && { late: 'true' }) };
}

function ToReplenishment() {
  const t = useT();
  const { query } = useUrl();
  return (
    <Button component={Link} href={href('/replenishment/', query)}>
      {t('orders.what_to_order')}
    </Button>
  );
}

function OrderName({ order, dated = false }: { order: OrderRow; dated?: boolean }) {
  const { query } = useUrl();
  const { format, storeOf } = useSession();
  return (
    <div style={{ lineHeight: 1.3 }}>
      <Link
        className={panel.plain}
        href={href('/orders/', query, { id: order.id })}
        style={{ fontWeight: 560 }}
      >
        {order.number}
      </Link>
      {dated && (
        <span className={`${panel.small} ${panel.ellipsis}`}>
          {format.time(order.created_at, storeOf(order.store)?.time_zone)}
        </span>
      )}
    </div>
  );
}

function useColumns(withStore: boolean): Column<OrderRow>[] {
  const t = useT();
  const { format, caller } = useSession();
  return useMemo(() => {
    const store: Column<OrderRow> = {
      id: 'store',
      header: t('field.store'),
      width: 160,
      cell: (order) => order.store_name,
    };
    const total: Column<OrderRow> = {
      id: 'total',
      header: t('orders.total'),
      width: 120,
      end: true,
      cell: (order) => format.money(order.total_cost, order.currency),
    };
    return [
      {
        id: 'number',
        header: t('orders.number'),
        width: 136,
        cell: (order) => <OrderName order={order} dated />,
      },
      {
        id: 'supplier',
        header: t('field.supplier'),
        cell: (order) => (
          <div style={{ lineHeight: 1.3 }}>
            <span className={panel.ellipsis}>{order.supplier_name}</span>
            <span className={panel.small}>
              {t(order.line_count === 1 ? 'papers.line' : 'papers.lines', { count: order.line_count })}
            </span>
          </div>
        ),
      },
      ...(withStore ? [store] : []),
      {
        id: 'status',
        header: t('field.status'),
        width: 200,
        cell: (order) => <OrderState order={order} />,
      },
      {
        id: 'units',
        header: t('orders.arrived'),
        width: 128,
        end: true,
        cell: (order) =>
          t('orders.of', {
            done: format.quantity(order.units_received),
            all: format.quantity(order.units_ordered),
          }),
      },
      {
        id: 'expected',
        header: t('orders.expected'),
        width: 104,
        end: true,
        cell: (order) => (order.expected_on ? format.day(order.expected_on) : '–'),
      },
      ...(caller.sees_costs ? [total] : []),
    ];
  }, [t, format, caller.sees_costs, withStore]);
}

function Card({ order }: { order: OrderRow }) {
  const t = useT();
  const { format } = useSession();
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
      <div style={{ minWidth: 0 }}>
        <OrderName order={order} />
        <Text size="sm" mt={2}>
          {order.supplier_name}
        </Text>
        <Text size="xs" c="dimmed">
          {order.store_name} ·{' '}
          {t(order.line_count === 1 ? 'papers.line' : 'papers.lines', { count: order.line_count })}
        </Text>
      </div>
      <div className={panel.end}>
        <OrderState order={order} />
        <div className={panel.small} style={{ marginTop: 6 }}>
          {t('orders.of', {
            done: format.quantity(order.units_received),
            all: format.quantity(order.units_ordered),
          })}
        </div>
        <div className={panel.small}>{order.expected_on ? format.day(order.expected_on) : ''}</div>
      </div>
    </Group>
  );
}
