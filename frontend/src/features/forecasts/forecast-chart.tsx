'use client';

import { Skeleton, Text } from '@mantine/core';
import { useMemo } from 'react';
import { LineChart } from '@/components/charts/line-chart';
import { Empty } from '@/components/feedback';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { round } from './parts';
import { type Forecast, useSold } from './queries';

const SHOWN_BEFORE = 60;

/** What was sold until the forecast begins, and what is expected after; another method takes the place of the past. */
export function ForecastChart({ forecast }: { forecast: Forecast }) {
  const t = useT();
  const { format } = useSession();
  const sold = useSold(forecast.store_id, forecast.product_id);
  const other = forecast.alternative;
  const points = useMemo(() => {
    const before = (sold.data?.results ?? [])
      .filter(({ date }) => date !== undefined && date < forecast.first_day)
      .slice(-SHOWN_BEFORE)
      .map(({ date, units }) => ({ day: date ?? '', value: units, other: null }));
    const ahead = forecast.days.map(({ date, units }, index) => ({
      day: date,
      value: other ? (other.days[index]?.units ?? null) : null,
      other: units,
    }));
    return [...(other ? [] : before), ...ahead];
  }, [sold.data, forecast, other]);
  if (sold.isPending) return <Skeleton height={280} />;
  const theirs = other && t(`forecast.method_${other.method_used as 'regression'}`);
  return (
    <>
      <LineChart
        label={t('forecast.chart')}
        points={points}
        height={240}
        isOpen={false}
        names={{ value: theirs || t('forecasts.sold'), other: t('forecast.expected') }}
        showDay={format.day}
        showValue={(value) => format.quantity(value === null ? null : round(value))}
        showAxis={format.compact}
      />
      {other && (
        <Text size="xs" c="dimmed" className="figures">
          {t('forecast.other_off', {
            method: theirs ?? '',
            off: format.share(other.wape === null ? null : other.wape * 100),
          })}
        </Text>
      )}
    </>
  );
}

/** The last test: days that had passed already, forecast as if they were still to come. */
export function Backtest({ forecast }: { forecast: Forecast }) {
  const t = useT();
  const { format } = useSession();
  const points = useMemo(
    () =>
      forecast.backtest.days.map(({ date, actual, forecast: units }) => ({
        day: date,
        value: actual,
        other: units,
      })),
    [forecast.backtest],
  );
  if (points.length === 0) {
    return <Empty title={t('forecast.no_test')}>{t('forecast.no_test_lead')}</Empty>;
  }
  return (
    <LineChart
      label={t('forecast.backtest')}
      points={points}
      height={190}
      isOpen={false}
      names={{ value: t('forecasts.sold'), other: t('forecast.forecast_then') }}
      showDay={format.day}
      showValue={(value) => format.quantity(value === null ? null : round(value))}
      showAxis={format.compact}
    />
  );
}
