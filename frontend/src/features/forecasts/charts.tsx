'use client';

import { SimpleGrid, Text } from '@mantine/core';
import { useMemo } from 'react';
import { LineChart } from '@/components/charts/line-chart';
import { Empty } from '@/components/feedback';
import { Panel } from '@/components/panel';
import { Tabs } from '@/components/tabs';
import type { Schemas } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { percent } from './parts';
import { type Ahead, useExpected, useHappened, wholeDays } from './queries';

const DAYS = 30;
const AHEAD: Ahead[] = [1, 7, 30];

export function Charts({ store }: { store: string }) {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Expected store={store} />
      <Happened store={store} />
    </SimpleGrid>
  );
}

function Expected({ store }: { store: string }) {
  const t = useT();
  const { format } = useSession();
  const expected = useExpected({ store, days: DAYS });
  const points = useMemo(
    () =>
      wholeDays(expected.data?.results ?? [], DAYS).map(({ date, units }) => ({
        day: date ?? '',
        value: units,
      })),
    [expected.data],
  );
  return (
    <Panel title={t('forecasts.expected')} asked={expected} height={260}>
      {() =>
        points.length === 0 ? (
          <Empty title={t('forecasts.none')}>{t('forecasts.none_lead')}</Empty>
        ) : (
          <LineChart
            label={t('forecasts.expected')}
            points={points}
            isOpen={false}
            showDay={format.day}
            showValue={(value) => format.quantity(value === null ? null : Math.round(value))}
            showAxis={format.compact}
          />
        )
      }
    </Panel>
  );
}

/** What nightly runs promised, beside what was sold: products that were sold out meanwhile are left out. */
function Happened({ store }: { store: string }) {
  const t = useT();
  const { get, set } = useUrl();
  const days: Ahead = AHEAD.find((one) => String(one) === get('days')) ?? 1;
  const happened = useHappened(store, days);
  const tabs = (
    <Tabs
      label={t('forecasts.ahead')}
      value={String(days)}
      options={AHEAD.map((one) => ({ value: String(one), label: t(`forecast.ahead_${one}`) }))}
      onChange={(next) => set({ days: next === '1' ? null : next })}
    />
  );
  return (
    <Panel title={t('forecasts.happened')} asked={happened} height={260} aside={tabs}>
      {({ results }) =>
        results.length === 0 ? (
          <Empty title={t('forecasts.nothing_happened')}>{t('forecasts.nothing_happened_lead')}</Empty>
        ) : (
          <Promises rows={results} />
        )
      }
    </Panel>
  );
}

function Promises({ rows }: { rows: Schemas['ForecastAccuracyRow'][] }) {
  const t = useT();
  const { format } = useSession();
  const points = useMemo(
    () =>
      [...rows].reverse().map(({ first_day, units, forecast }) => ({
        day: first_day ?? '',
        value: units ?? null,
        other: forecast,
      })),
    [rows],
  );
  const [newest] = rows;
  return (
    <>
      <LineChart
        label={t('forecasts.happened')}
        points={points}
        height={190}
        isOpen={false}
        names={{ value: t('forecasts.sold'), other: t('forecasts.promised') }}
        showDay={format.day}
        showValue={(value) => format.quantity(value === null ? null : Math.round(value))}
        showAxis={format.compact}
      />
      {newest && (
        <Text size="xs" c="dimmed" className="figures">
          {t('forecasts.newest', {
            day: format.day(newest.first_day ?? ''),
            off: format.share(percent(newest.wape)),
            covered: format.share(percent(newest.coverage_95)),
          })}
        </Text>
      )}
    </>
  );
}
