'use client';

import { Group, SimpleGrid, Skeleton } from '@mantine/core';
import dynamic from 'next/dynamic';
import { CategorySelect } from '@/components/category-select';
import { Download } from '@/components/download';
import { Failed } from '@/components/feedback';
import { Kpi } from '@/components/kpi';
import { Page } from '@/components/page';
import { SearchField } from '@/components/search-field';
import { Select } from '@/components/select';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { ForecastTable } from './forecast-table';
import { percent, round } from './parts';
import { asked, type ForecastFilters, STATES, useAccuracy, useExpected, useForecasts } from './queries';
import { LastRun } from './runs';

const Charts = dynamic(() => import('./charts').then((module) => module.Charts), {
  ssr: false,
  loading: () => <Skeleton height={340} />,
});

function useFilters(): ForecastFilters {
  const { get } = useUrl();
  const { store } = useSession();
  return {
    search: get('q'),
    category: get('category'),
    store: store ? String(store.id) : '',
    state: STATES.find((one) => one === get('state')) ?? '',
    ordering: get('order'),
  };
}

export function ForecastsScreen() {
  const t = useT();
  const { set } = useUrl();
  const filters = useFilters();
  const list = useForecasts(filters);
  return (
    <Page
      title={t('nav.forecasts')}
      lead={t('forecasts.lead')}
      actions={<Download path="/api/forecasts/" filters={asked(filters)} />}
    >
      <Figures store={filters.store} />
      <LastRun />
      <Charts store={filters.store} />
      <Group gap="sm">
        <SearchField label={t('product.search')} />
        <CategorySelect />
        <Select
          aria-label={t('forecast.state')}
          placeholder={t('forecast.all_states')}
          data={STATES.map((value) => ({ value, label: t(`forecast.state_${value}`) }))}
          value={filters.state || null}
          onChange={(state) => set({ state })}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          w={{ base: '100%', sm: 200 }}
        />
      </Group>
      <ForecastTable list={list} filters={filters} />
    </Page>
  );
}

/** What is to come, and how far off forecasts were in tests on the past, beside repeating the week before. */
function Figures({ store }: { store: string }) {
  const t = useT();
  const { format } = useSession();
  const week = useExpected({ store, days: 7 });
  const accuracy = useAccuracy(store);
  if (accuracy.error && !accuracy.data) {
    return <Failed error={accuracy.error} retry={() => void accuracy.refetch()} />;
  }
  const tested = accuracy.data?.results[0];
  const said = accuracy.data !== undefined;
  const share = (value: number | null | undefined) => format.share(percent(value));
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing={{ base: 'xs', sm: 'md' }}>
      <Kpi
        name={t('forecasts.next_week')}
        value={week.data && t('kpi.units', { units: format.quantity(round(week.data.units)) })}
        more={week.data?.currency && format.money(week.data.revenue, week.data.currency)}
      />
      <Kpi
        name={t('forecasts.off_by')}
        value={said ? share(tested?.wape) : undefined}
        more={said && t('forecasts.baseline_off', { percent: share(tested?.baseline?.wape) })}
      />
      <Kpi
        name={t('forecasts.bias')}
        value={said ? format.percent(percent(tested?.bias)) : undefined}
        more={t('forecasts.bias_more')}
      />
      <Kpi
        name={t('forecasts.lost')}
        value={said ? t('kpi.units', { units: format.quantity(tested?.lost_units ?? 0) }) : undefined}
        more={
          tested?.currency && tested.lost_money != null
            ? t('forecasts.lost_money', { money: format.money(tested.lost_money, tested.currency) })
            : t('forecasts.lost_more')
        }
      />
    </SimpleGrid>
  );
}
