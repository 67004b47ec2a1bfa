'use client';

import { Button, Group, Text } from '@mantine/core';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { Growth } from '@/components/kpi';
import { Panel } from '@/components/panel';
import { ProductName } from '@/components/product-name';
import { ShareBar } from '@/components/share-bar';
import type { Column } from '@/components/table/data-table';
import { PlainTable } from '@/components/table/plain-table';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { asked, type Row, type Sales, type SalesFilters, useSales } from './queries';

const VIEWS = ['product', 'category', 'store', 'month', 'day'] as const;
type View = (typeof VIEWS)[number];
const FEW = 20;
const MOST = 1000;
const IN_TIME = new Set<View>(['month', 'day']);

/** The same sums by product, category, store, month and day; the best or the slowest first. */
export function Breakdown({ filters }: { filters: SalesFilters }) {
  const t = useT();
  const { get, set } = useUrl();
  const { stores, store } = useSession();
  const views = VIEWS.filter((view) => view !== 'store' || (!store && stores.length > 1));
  const view = views.find((one) => one === get('by')) ?? 'product';
  const slowest = get('first') === 'slowest' && !IN_TIME.has(view);
  const all = get('rows') === 'all' || IN_TIME.has(view);
  const places = store ? [store] : stores;
  const oneCurrency = filters.currency !== '' || new Set(places.map(({ currency }) => currency)).size < 2;
  const ordering = slowest ? (oneCurrency ? 'revenue' : 'units') : '';
  const sales = useSales(filters, { by: view, limit: all ? MOST : FEW, ordering });
  const aside = (
    <Group gap="xs">
      {!IN_TIME.has(view) && (
        <Tabs
          label={t('sales.order')}
          value={slowest ? 'slowest' : 'best'}
          options={[
            { value: 'best', label: t('sales.best') },
            { value: 'slowest', label: t('sales.slowest') },
          ]}
          onChange={(next) => set({ first: next === 'best' ? null : next })}
        />
      )}
      <Download path="/api/sales/aggregated/" filters={{ ...asked(filters), by: view, ordering }} />
    </Group>
  );
  return (
    <>
      <Group>
        <Tabs
          label={t('sales.by')}
          value={view}
          options={views.map((value) => ({ value, label: t(`sales.by_${value}`) }))}
          onChange={(next) => set({ by: next === 'product' ? null : next, rows: null, first: null })}
        />
      </Group>
      <Panel title={t(`sales.by_${view}`)} asked={sales} height={420} aside={aside}>
        {(data) =>
          data.results.every(({ units }) => !units) ? (
            <Empty title={t('overview.no_sales')} />
          ) : (
            <>
              <Rows sales={data} view={view} />
              {data.rows_left_out > 0 && (
                <Group justify="center" mt="sm">
                  <Button variant="default" onClick={() => set({ rows: 'all' })}>
                    {t('sales.more', { count: data.rows_left_out })}
                  </Button>
                </Group>
              )}
            </>
          )
        }
      </Panel>
    </>
  );
}

function useColumns(view: View, sales: Sales): Column<Row>[] {
  const t = useT();
  const { format } = useSession();
  const most = largest(sales);
  const { currency } = sales;
  const money = (value: number | null | undefined) => (currency ? format.money(value, currency) : '–');
  const withMargin = sales.totals.gross_margin !== undefined && currency !== null;
  const margin: Column<Row> = {
    id: 'margin',
    header: t('sales.margin'),
    width: 130,
    end: true,
    cell: (row) => money(row.gross_margin),
  };
  return [
    { id: 'name', header: t(`sales.one_${view}`), cell: (row) => <Name row={row} view={view} /> },
    {
      id: 'units',
      header: t('field.units'),
      width: 100,
      end: true,
      cell: ({ units }) => format.quantity(units),
    },
    {
      id: 'share',
      header: t('sales.share'),
      width: 160,
      cell: (row) => <ShareBar part={row.share_percent} of={most} text={format.share(row.share_percent)} />,
    },
    {
      id: 'revenue',
      header: t('field.revenue'),
      width: 140,
      end: true,
      cell: (row) => money(row.revenue),
    },
    ...(withMargin ? [margin] : []),
    {
      id: 'price',
      header: t('sales.price'),
      width: 120,
      end: true,
      cell: (row) => money(row.average_price),
    },
    {
      id: 'growth',
      header: t('sales.versus_previous'),
      width: 130,
      end: true,
      cell: (row) => <Grown row={row} money={currency !== null} />,
    },
  ];
}

function Rows({ sales, view }: { sales: Sales; view: View }) {
  const t = useT();
  const { format } = useSession();
  const columns = useColumns(view, sales);
  const { currency, totals } = sales;
  // The newest month is looked at first.
  const rows = IN_TIME.has(view) ? [...sales.results].reverse() : sales.results;
  return (
    <PlainTable
      label={t(`sales.by_${view}`)}
      rows={rows}
      rowKey={(row) =>
        `${row.date ?? ''}${row.product_id ?? ''}${row.category_id ?? ''}${row.store_id ?? ''}`
      }
      columns={columns}
      foot={{
        name: t('sales.total'),
        units: format.quantity(totals.units),
        revenue: currency ? format.money(totals.revenue, currency) : '–',
        price: currency ? format.money(totals.average_price, currency) : '–',
        ...(currency && { margin: format.money(totals.gross_margin, currency) }),
      }}
      card={(row) => (
        <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
          <div style={{ minWidth: 0, flex: 1 }}>
            <Name row={row} view={view} />
            <ShareBar part={row.share_percent} of={largest(sales)} text={format.share(row.share_percent)} />
          </div>
          <div className="number">
            <Text size="sm" fw={600}>
              {currency ? format.money(row.revenue, currency) : format.quantity(row.units)}
            </Text>
            <Text size="xs" c="dimmed">
              {t('kpi.units', { units: format.quantity(row.units) })}
            </Text>
            <Text size="xs">
              <Grown row={row} money={currency !== null} />
            </Text>
          </div>
        </Group>
      )}
    />
  );
}

function Name({ row, view }: { row: Row; view: View }) {
  const t = useT();
  const { format } = useSession();
  if (view === 'product')
    return <ProductName id={row.product_id ?? 0} name={row.product ?? ''} sku={row.sku ?? ''} />;
  if (view === 'category') return row.category ?? t('sales.no_category');
  if (view === 'store') return row.store ?? '';
  const day = row.date ?? '';
  return view === 'month' ? format.month(day) : format.dayLong(day);
}

/** The share that fills a bar: bars tell rows apart, which parts of the whole would not. */
const largest = ({ results }: Sales): number =>
  Math.max(...results.map(({ share_percent: share }) => share ?? 0), 0);

/** Growth since the period before, in money where there is one currency. */
function Grown({ row, money }: { row: Row; money: boolean }) {
  const { format } = useSession();
  const value = (money ? row.previous.revenue_growth : null) ?? row.previous.units_growth;
  return value == null ? (
    <span className="soft">–</span>
  ) : (
    <Growth value={value} text={format.percent(value)} />
  );
}
