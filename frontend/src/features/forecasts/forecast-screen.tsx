'use client';

import { Anchor, Breadcrumbs, Select, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { Empty, Failed, Waiting } from '@/components/feedback';
import kpi from '@/components/kpi.module.css';
import { Page } from '@/components/page';
import panel from '@/components/panel.module.css';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { Explanation, Tests, Weekdays } from './explanation';
import { IntervalBar, round, StateBadge } from './parts';
import { type Forecast, METHODS, type Method, useForecast } from './queries';

const ForecastChart = dynamic(() => import('./forecast-chart').then((module) => module.ForecastChart), {
  ssr: false,
  loading: () => <Skeleton height={300} />,
});
const Backtest = dynamic(() => import('./forecast-chart').then((module) => module.Backtest), {
  ssr: false,
  loading: () => <Skeleton height={245} />,
});

/** One product in one store: what is to come, how sure that is, why, and how it did in tests. */
export function ForecastScreen({ id }: { id: string }) {
  const t = useT();
  const { get } = useUrl();
  const method: Method | '' = METHODS.find((one) => one === get('method')) ?? '';
  const asked = useForecast(id, method);
  // Another method that took too long leaves ours where it is.
  const whole = useForecast(id, '');
  if (whole.error instanceof ApiError && whole.error.status === 404) {
    return <Empty title={t('forecast.none')}>{t('forecasts.none_lead')}</Empty>;
  }
  if (whole.error && !whole.data) return <Failed error={whole.error} retry={() => void whole.refetch()} />;
  const forecast = asked.data ?? whole.data;
  if (!forecast) return <Waiting />;
  return <One forecast={forecast} method={method} busy={asked.isFetching} error={asked.error} />;
}

type Props = { forecast: Forecast; method: Method | ''; busy: boolean; error: unknown };

function One({ forecast, method, busy, error }: Props) {
  const t = useT();
  const { query, set } = useUrl();
  const { format } = useSession();
  const product = href('/products/', query, { id: String(forecast.product_id) });
  return (
    <Stack gap={4}>
      <Breadcrumbs fz="sm">
        <Anchor component={Link} size="sm" href={href('/forecasts/', query)}>
          {t('nav.forecasts')}
        </Anchor>
        <Anchor component={Link} size="sm" href={product}>
          {forecast.sku}
        </Anchor>
      </Breadcrumbs>
      <Page
        title={forecast.product_name}
        lead={
          <>
            <StateBadge state={forecast.state} />{' '}
            {[
              forecast.store_name,
              t(`forecast.method_${forecast.method}`),
              t('forecast.made', { when: format.time(forecast.made_at) }),
            ].join(' · ')}
          </>
        }
      >
        <Totals forecast={forecast} />
        <section className={panel.panel} aria-label={t('forecast.chart')}>
          <div className={panel.head}>
            <h2>{t('forecast.chart')}</h2>
            <Select
              aria-label={t('forecast.other_method')}
              placeholder={t('forecast.other_method')}
              size="xs"
              data={METHODS.map((value) => ({ value, label: t(`forecast.method_${value}`) }))}
              value={method || null}
              onChange={(next) => set({ method: next })}
              clearable
              clearButtonProps={{ 'aria-label': t('action.clear') }}
              disabled={busy}
              w={230}
            />
          </div>
          {error ? <Failed error={error} /> : <ForecastChart forecast={forecast} />}
        </section>
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <Explanation forecast={forecast} />
          <Weekdays forecast={forecast} />
          <section className={panel.panel} aria-label={t('forecast.backtest')}>
            <div className={panel.head}>
              <h2>{t('forecast.backtest')}</h2>
            </div>
            <Backtest forecast={forecast} />
          </section>
          <Tests forecast={forecast} />
        </SimpleGrid>
      </Page>
    </Stack>
  );
}

/** Units of the next day, week and month with their intervals. */
function Totals({ forecast }: { forecast: Forecast }) {
  const t = useT();
  const { format } = useSession();
  const shown = forecast.totals.filter(({ days }) => days === 1 || days === 7 || days === 30);
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing={{ base: 'xs', sm: 'md' }}>
      {shown.map((total) => (
        <div key={total.days} className={kpi.kpi}>
          <div className={kpi.name}>
            {total.days === 1
              ? t('forecast.next_1', { day: format.day(forecast.first_day) })
              : t(`forecast.next_${total.days as 7 | 30}`)}
          </div>
          <div className={kpi.value}>{format.quantity(round(total.units))}</div>
          <IntervalBar total={total} />
          <Text size="xs" c="dimmed" className="figures">
            {t('forecast.between', {
              low: format.quantity(round(total.low)),
              high: format.quantity(round(total.high)),
            })}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}
