'use client';

import { SimpleGrid } from '@mantine/core';
import { useMemo } from 'react';
import { LineChart } from '@/components/charts/line-chart';
import { Empty, Failed } from '@/components/feedback';
import { Growth, Kpi } from '@/components/kpi';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Tabs } from '@/components/tabs';
import type { Schemas } from '@/lib/api/client';
import type { Format } from '@/lib/format';
import { useT } from '@/lib/i18n';
import { RUNNING, type Running } from '@/lib/period';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { LatestList, LowList, TopList } from './lists';
import { useFigures, useLatest, useLowStock, useMetrics, useTop, useTrend } from './queries';
import { Urgent } from './urgent';

export function OverviewScreen() {
  const t = useT();
  const { store, caller } = useSession();
  const { get, set, query } = useUrl();
  const period: Running = RUNNING.find((one) => one === get('period')) ?? '30d';
  const id = store ? String(store.id) : '';
  const top = useTop(id, period);
  const low = useLowStock(id);
  const latest = useLatest(id);
  const to = (path: string, words: string) => ({ path: href(path, query), words });
  return (
    <Page
      title={t('nav.overview')}
      lead={store?.name ?? caller.organization.name}
      actions={
        <Tabs
          label={t('period.label')}
          value={period}
          options={RUNNING.map((value) => ({ value, label: t(`period.${value}`) }))}
          onChange={(next) => set({ period: next === '30d' ? null : next })}
        />
      }
    >
      <Figures store={id} period={period} />
      <Urgent store={id} />
      <Trend store={id} period={period} />
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
        <Panel
          title={t('overview.attention')}
          asked={low}
          height={320}
          more={to('/stock/?status=low', t('action.see_all'))}
        >
          {({ results }) => <LowList rows={results} />}
        </Panel>
        <Panel title={t('overview.top')} asked={top} height={320}>
          {(sales) => <TopList sales={sales} />}
        </Panel>
        <Panel
          title={t('overview.latest')}
          asked={latest}
          height={320}
          more={to('/movements/', t('action.see_all'))}
        >
          {({ results }) => <LatestList movements={results} />}
        </Panel>
      </SimpleGrid>
    </Page>
  );
}

function Figures({ store, period }: { store: string; period: Running }) {
  const t = useT();
  const { format } = useSession();
  const { query } = useUrl();
  const figures = useFigures(store);
  const metrics = useMetrics(store, period);
  if (figures.error && !figures.data) {
    return <Failed error={figures.error} retry={() => void figures.refetch()} />;
  }
  const now = figures.data;
  const sold = metrics.data;
  const currency = sold?.currency ?? undefined;
  const growth = sold?.previous.revenue_growth ?? sold?.previous.units_growth;
  const list = (status: string) => href('/stock/', query, { status });
  const money = currency ? format.money(sold?.totals.revenue, currency) : undefined;
  return (
    <SimpleGrid cols={{ base: 2, md: 3, xl: 6 }} spacing={{ base: 'xs', sm: 'md' }}>
      <Kpi
        name={t('kpi.sales')}
        value={sold && (money ?? t('kpi.units', { units: format.quantity(sold.totals.units) }))}
        more={
          growth == null ? (
            t('kpi.in_period', { period: t(`period.${period}`) })
          ) : (
            <>
              <Growth value={growth} text={format.percent(growth)} /> {t('kpi.than_before')}
            </>
          )
        }
      />
      <Kpi
        name={t('kpi.sold_today')}
        value={now && format.quantity(now.today.units_sold)}
        more={now && t('kpi.movements_today', { count: format.quantity(now.today.movements) })}
      />
      <Kpi
        name={t('kpi.units_on_hand')}
        value={now && format.quantity(now.units)}
        more={now && t('kpi.products', { count: format.quantity(now.products) })}
        path={href('/stock/', query)}
      />
      <Kpi
        name={t('kpi.retail_value')}
        value={now && (currency || !sold ? format.moneyCompact(now.retail_value, currency) : '–')}
        more={
          now?.cost_value !== undefined && currency
            ? t('kpi.at_cost', { value: format.moneyCompact(now.cost_value, currency) })
            : sold && !currency && t('kpi.several_currencies')
        }
      />
      <Kpi
        name={t('status.low')}
        value={now && format.quantity(now.low_stock)}
        more={t('kpi.reorder')}
        tone="warn"
        path={list('low')}
      />
      <Kpi
        name={t('status.out')}
        value={now && format.quantity(now.out_of_stock)}
        more={
          now && now.negative_stock > 0 && t('kpi.negative', { count: format.quantity(now.negative_stock) })
        }
        tone="bad"
        path={list('out')}
      />
    </SimpleGrid>
  );
}

function Trend({ store, period }: { store: string; period: Running }) {
  const t = useT();
  const { format } = useSession();
  const { get, set } = useUrl();
  const trend = useTrend(store, period);
  const currency = trend.data?.currency ?? undefined;
  const inMoney = get('show') === 'revenue' && currency !== undefined;
  const measures = (
    <Tabs
      label={t('overview.measure')}
      value={inMoney ? 'revenue' : 'units'}
      options={[
        { value: 'units', label: t('field.units') },
        { value: 'revenue', label: t('field.revenue') },
      ]}
      onChange={(next) => set({ show: next === 'units' ? null : next })}
    />
  );
  return (
    <Panel title={t('overview.trend')} asked={trend} height={246} aside={currency ? measures : null}>
      {({ results }) =>
        results.every(({ units }) => !units) ? (
          <Empty title={t('overview.no_sales')}>{t('overview.no_sales_lead')}</Empty>
        ) : (
          <TrendChart
            rows={results}
            currency={inMoney ? currency : undefined}
            label={t('overview.trend')}
            format={format}
          />
        )
      }
    </Panel>
  );
}

type ChartProps = {
  rows: Schemas['SalesRow'][];
  /** Revenue in this currency; units without one. */
  currency: string | undefined;
  label: string;
  format: Format;
};

function TrendChart({ rows, currency, label, format }: ChartProps) {
  const points = useMemo(
    () => rows.map((row) => ({ day: row.date ?? '', value: (currency ? row.revenue : row.units) ?? null })),
    [rows, currency],
  );
  return (
    <LineChart
      label={label}
      points={points}
      showDay={format.day}
      showValue={(value) => (currency ? format.money(value, currency) : format.quantity(value))}
      showAxis={(value) => (currency ? format.moneyCompact(value, currency) : format.compact(value))}
    />
  );
}
