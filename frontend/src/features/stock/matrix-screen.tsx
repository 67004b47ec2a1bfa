'use client';

import { Button, Group } from '@mantine/core';
import { useMemo } from 'react';
import { CategorySelect } from '@/components/category-select';
import { Download } from '@/components/download';
import { Empty, Failed } from '@/components/feedback';
import { Page } from '@/components/page';
import { SavedViews } from '@/components/saved-views/asked';
import { SearchField } from '@/components/search-field';
import { Select } from '@/components/select';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import css from './matrix.module.css';
import { MatrixGrid } from './matrix-grid';
import { type MatrixFilters, MEASURES, type Measure, useMatrix } from './matrix-queries';
import { given, type StockStatus } from './queries';
import { STATUSES } from './status';
import { StockViews } from './stock-views';

const VIEWS = ['all', 'low', 'out', 'negative', 'over'] as const;

function useFilters(): MatrixFilters {
  const { get, all } = useUrl();
  const { store } = useSession();
  return {
    search: get('q'),
    status: all('status').filter((one): one is StockStatus => (STATUSES as string[]).includes(one)),
    store: store ? [String(store.id)] : [],
    region: get('region'),
    category: get('category'),
    ordering: get('order'),
  };
}

/** What each product is in each store, side by side. */
export function MatrixScreen() {
  const t = useT();
  const { get, set } = useUrl();
  const filters = useFilters();
  const list = useMatrix(filters);
  const measure: Measure = MEASURES.find((one) => one === get('measure')) ?? 'on_hand';
  const view = VIEWS.find((one) => one === filters.status[0]) ?? 'all';
  const filtered = filters.search !== '' || filters.status.length > 0 || filters.category !== '';
  const left = list.head?.stores_left_out ?? 0;
  return (
    <Page
      title={t('matrix.title')}
      lead={t('matrix.lead')}
      actions={
        <>
          <SavedViews of="matrix" />
          <Download path="/api/stocks/matrix/" filters={{ ...given(filters), measure }} />
        </>
      }
    >
      <Group gap="sm">
        <StockViews here="matrix" />
        <Tabs
          label={t('matrix.measure')}
          value={measure}
          options={MEASURES.map((value) => ({ value, label: t(`field.${value}`) }))}
          onChange={(next) => set({ measure: next === 'on_hand' ? null : next })}
        />
      </Group>
      <Group gap="sm">
        <SearchField label={t('stock.search')} />
        <CategorySelect />
        <Regions value={filters.region} onChange={(region) => set({ region })} />
        <Tabs
          label={t('field.status')}
          value={view}
          options={VIEWS.map((value) => ({
            value,
            label: value === 'all' ? t('stock.all') : t(`status.${value}`),
          }))}
          onChange={(next) => set({ status: next === 'all' ? null : next }, { push: true })}
        />
      </Group>
      {list.error && !list.rows ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : list.rows?.length === 0 ? (
        <Empty
          title={t(filtered ? 'stock.none_found' : 'stock.none')}
          action={
            filtered && (
              <Button
                variant="default"
                mt="xs"
                onClick={() => set({ q: null, status: null, category: null })}
              >
                {t('action.clear_filters')}
              </Button>
            )
          }
        >
          {filtered ? null : t('stock.none_lead')}
        </Empty>
      ) : (
        <MatrixGrid list={list} measure={measure} />
      )}
      {list.rows && list.rows.length > 0 && (
        <div className={`${css.foot} figures`} role="status">
          {t(list.hasNextPage ? 'list.more' : 'list.all', { count: list.rows.length })}
          {left > 0 && ` · ${t('matrix.left_out', { count: left })}`}
        </div>
      )}
    </Page>
  );
}

/** Regions are words of the stores; who has none is not asked. */
function Regions({ value, onChange }: { value: string; onChange: (region: string | null) => void }) {
  const t = useT();
  const { stores } = useSession();
  const regions = useMemo(
    () => [...new Set(stores.map(({ region }) => region ?? '').filter(Boolean))].sort(),
    [stores],
  );
  if (regions.length < 2) return null;
  return (
    <Select
      aria-label={t('store.region')}
      placeholder={t('matrix.all_regions')}
      data={regions}
      value={value || null}
      onChange={onChange}
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      w={{ base: '100%', sm: 190 }}
    />
  );
}
