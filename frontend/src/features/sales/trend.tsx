'use client';

import { Group } from '@mantine/core';
import { useMemo } from 'react';
import { LineChart } from '@/components/charts/line-chart';
import { Empty } from '@/components/feedback';
import { Panel } from '@/components/panel';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { stepOf } from '@/lib/period';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { type Row, type SalesFilters, useSales } from './queries';

const VERSUS = ['previous', 'year_before'] as const;
type Versus = (typeof VERSUS)[number];
const LONGEST = 1000;

/** What was sold day by day or week by week, beside the days before or the same dates a year earlier. */
export function Trend({ filters }: { filters: SalesFilters }) {
  const t = useT();
  const { get, set } = useUrl();
  const trend = useSales(filters, { by: stepOf(filters), limit: LONGEST });
  const currency = trend.data?.currency ?? undefined;
  // History files say units and no money: where money is not known, units are shown unless money is asked for.
  const isKnown = trend.data?.results.every(({ units, revenue }) => units === null || revenue !== null);
  const show = get('show') || (isKnown ? 'revenue' : 'units');
  const inMoney = show === 'revenue' && currency !== undefined;
  const versus: Versus = get('versus') === 'year_before' ? 'year_before' : 'previous';
  const aside = (
    <Group gap="xs">
      {currency && (
        <Tabs
          label={t('overview.measure')}
          value={inMoney ? 'revenue' : 'units'}
          options={[
            { value: 'revenue', label: t('field.revenue') },
            { value: 'units', label: t('field.units') },
          ]}
          onChange={(next) => set({ show: next })}
        />
      )}
      <Tabs
        label={t('sales.compare')}
        value={versus}
        options={VERSUS.map((value) => ({ value, label: t(`sales.versus_${value}`) }))}
        onChange={(next) => set({ versus: next === 'previous' ? null : next })}
      />
    </Group>
  );
  return (
    <Panel title={t('sales.trend_title')} asked={trend} height={290} aside={aside}>
      {({ results }) =>
        results.every(({ units }) => !units) ? (
          <Empty title={t('overview.no_sales')}>{t('overview.no_sales_lead')}</Empty>
        ) : (
          <Chart rows={results} currency={inMoney ? currency : undefined} versus={versus} />
        )
      }
    </Panel>
  );
}

type ChartProps = { rows: Row[]; currency: string | undefined; versus: Versus };

function Chart({ rows, currency, versus }: ChartProps) {
  const t = useT();
  const { format } = useSession();
  const points = useMemo(() => {
    const measure = currency ? 'revenue' : 'units';
    return rows.map((row) => ({
      day: row.date ?? '',
      value: row[measure] ?? null,
      other: row[versus][measure],
    }));
  }, [rows, currency, versus]);
  const isCompared = points.some(({ other }) => other !== null);
  return (
    <LineChart
      label={t('sales.trend_title')}
      points={points}
      height={240}
      {...(isCompared && {
        names: { value: t('sales.this_period'), other: t(`sales.versus_${versus}`) },
      })}
      showDay={format.day}
      showValue={(value) => (currency ? format.money(value, currency) : format.quantity(value))}
      showAxis={(value) => (currency ? format.moneyCompact(value, currency) : format.compact(value))}
    />
  );
}
