'use client';

import { Group, Text } from '@mantine/core';
import Link from 'next/link';
import { useMemo } from 'react';
import { LineChart } from '@/components/charts/line-chart';
import { Empty } from '@/components/feedback';
import { Panel } from '@/components/panel';
import panel from '@/components/panel.module.css';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { round } from './parts';
import { useExpected, useForecastsOf, wholeDays } from './queries';

const DAYS = 30;
const FEW = 6;

/** What a product is expected to sell in the next 30 days: all of the caller's stores, or the chosen one. */
export function ProductForecast({ id }: { id: number }) {
  const t = useT();
  const { format, store } = useSession();
  const expected = useExpected({ store: store ? String(store.id) : '', product: id, days: DAYS });
  const points = useMemo(
    () =>
      wholeDays(expected.data?.results ?? [], DAYS).map(({ date, units }) => ({
        day: date ?? '',
        value: units,
      })),
    [expected.data],
  );
  return (
    <Panel title={t('forecast.product')} asked={expected} height={240}>
      {({ units }) =>
        points.length === 0 ? (
          <Empty title={t('forecast.none')}>{t('forecasts.none_lead')}</Empty>
        ) : (
          <>
            <Text size="sm" className="figures" mb={6}>
              {t('forecast.next_30_units', { units: format.quantity(round(units)) })}
            </Text>
            <LineChart
              label={t('forecast.product')}
              height={170}
              points={points}
              isOpen={false}
              showValue={(value) => format.quantity(value === null ? null : round(value))}
              showAxis={format.compact}
              showDay={format.day}
            />
            <ByStore id={id} />
          </>
        )
      }
    </Panel>
  );
}

/** The week in each store with its interval; each leads to why. */
function ByStore({ id }: { id: number }) {
  const t = useT();
  const { query } = useUrl();
  const { format, store } = useSession();
  const rows = useForecastsOf(id, store ? String(store.id) : '', FEW).data ?? [];
  return (
    <ul className={panel.rows}>
      {rows.map((row) => {
        const week = row.totals.find(({ days }) => days === 7);
        return (
          <li key={row.id} className={panel.row}>
            <Link className={panel.link} href={href('/forecasts/', query, { id: row.id })}>
              {row.store_name}
            </Link>
            {week && (
              <Group gap={8} className="figures">
                <span>{t('forecast.in_a_week', { units: format.quantity(round(week.units)) })}</span>
                <span className={panel.small}>
                  {t('forecast.interval', {
                    low: format.quantity(round(week.low)),
                    high: format.quantity(round(week.high)),
                  })}
                </span>
              </Group>
            )}
          </li>
        );
      })}
    </ul>
  );
}
