'use client';

import { Group, Skeleton } from '@mantine/core';
import dynamic from 'next/dynamic';
import { CategorySelect } from '@/components/category-select';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import { PeriodSelect } from '@/components/period-select';
import { Select } from '@/components/select';
import { useT } from '@/lib/i18n';
import { isWhole, periodOf } from '@/lib/period';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { Breakdown } from './breakdown';
import { Figures } from './figures';
import { asked, type SalesFilters, useMetrics } from './queries';

const Trend = dynamic(() => import('./trend').then((module) => module.Trend), {
  ssr: false,
  loading: () => <Skeleton height={375} />,
});

function useFilters(): SalesFilters {
  const { get } = useUrl();
  const { store } = useSession();
  return {
    ...periodOf(get, '30d'),
    store: store ? String(store.id) : '',
    category: get('category'),
    currency: get('currency'),
  };
}

export function SalesScreen() {
  const t = useT();
  const { get, set } = useUrl();
  const { store, caller, format } = useSession();
  const filters = useFilters();
  const metrics = useMetrics(filters);
  const place = store?.name ?? caller.organization.name;
  const days = metrics.data && `${format.day(metrics.data.first_day)} – ${format.day(metrics.data.last_day)}`;
  const currencies = metrics.data?.currencies ?? [];
  return (
    <Page
      title={t('nav.sales')}
      lead={[place, days].filter(Boolean).join(' · ')}
      actions={isWhole(filters) && <Download path="/api/sales/" filters={asked(filters)} />}
    >
      <Group gap="sm">
        <PeriodSelect usual="30d" />
        <CategorySelect />
        {(currencies.length > 1 || filters.currency) && (
          <Select
            aria-label={t('field.currency')}
            placeholder={t('sales.all_currencies')}
            data={[...new Set([...currencies, ...(filters.currency ? [filters.currency] : [])])]}
            value={get('currency') || null}
            onChange={(currency) => set({ currency })}
            clearable
            clearButtonProps={{ 'aria-label': t('action.clear') }}
            w={{ base: '100%', sm: 170 }}
          />
        )}
      </Group>
      {isWhole(filters) ? (
        <>
          <Figures metrics={metrics} />
          <Trend filters={filters} />
          <Breakdown filters={filters} />
        </>
      ) : (
        <Empty title={t('sales.choose_days')}>{t('sales.choose_days_lead')}</Empty>
      )}
    </Page>
  );
}
