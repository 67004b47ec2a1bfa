'use client';

import { SimpleGrid } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failed } from '@/components/feedback';
import { Growth, Kpi } from '@/components/kpi';
import type { Schemas } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';

type Metrics = Schemas['SalesMetrics'];

/** The period in figures, beside as many days before. */
export function Figures({ metrics }: { metrics: UseQueryResult<Metrics> }) {
  const t = useT();
  const format = useFormat();
  const { data } = metrics;
  if (metrics.error && !data) return <Failed error={metrics.error} retry={() => void metrics.refetch()} />;
  const totals = data?.totals;
  const currency = data?.currency ?? undefined;
  const money = (value: number | null | undefined) => (currency ? format.money(value, currency) : '–');
  const grown = (value: number | null | undefined): ReactNode =>
    data &&
    (value == null ? (
      t('sales.nothing_before')
    ) : (
      <>
        <Growth value={value} text={format.percent(value)} /> {t('kpi.than_before')}
      </>
    ));
  const margin = totals?.gross_margin !== undefined;
  return (
    <SimpleGrid cols={{ base: 2, md: 3, xl: 6 }} spacing={{ base: 'xs', sm: 'md' }}>
      <Kpi
        name={t('field.revenue')}
        value={totals && money(totals.revenue)}
        more={currency || !data ? grown(data?.previous.revenue_growth) : t('kpi.several_currencies')}
      />
      <Kpi
        name={t('sales.units')}
        value={totals && format.quantity(totals.units)}
        more={grown(data?.previous.units_growth)}
      />
      <Kpi
        name={t('sales.transactions')}
        value={totals && format.quantity(totals.transactions)}
        more={totals && t('sales.average_price', { price: money(totals.average_price) })}
      />
      {margin && (
        <Kpi
          name={t('sales.margin')}
          value={totals && money(totals.gross_margin)}
          more={
            totals?.margin_percent != null &&
            t('sales.margin_of', {
              percent: format.share(totals.margin_percent),
              covered: format.share(totals.margin_covers_percent),
            })
          }
        />
      )}
      <Kpi
        name={t('sales.per_day')}
        value={data && format.quantity(rounded(data.units_per_day))}
        more={
          data?.trend_units_per_day != null &&
          t('sales.trend', { change: format.change(rounded(data.trend_units_per_day, 2)) })
        }
      />
      <Kpi
        name={t('sales.best_day')}
        value={data && (data.best_day ? format.day(data.best_day.date) : '–')}
        more={data?.best_day && t('kpi.units', { units: format.quantity(data.best_day.units) })}
      />
    </SimpleGrid>
  );
}

const rounded = (value: number | null, digits = 1): number | null =>
  value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits;
