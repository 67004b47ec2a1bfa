'use client';

import { Button, Group } from '@mantine/core';
import { CategorySelect } from '@/components/category-select';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import { SavedViews } from '@/components/saved-views/asked';
import { SearchField } from '@/components/search-field';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { given, type StockFilters, type StockStatus, useStock } from './queries';
import { STATUSES } from './status';
import { StockTable } from './stock-table';
import { StockViews } from './stock-views';

type View = 'all' | StockStatus;
const VIEWS: View[] = ['all', 'low', 'out', 'negative', 'over', 'in_stock'];
const isStatus = (value: string): value is StockStatus => (STATUSES as string[]).includes(value);

/** What the address says is shown; what it says wrongly is as if it said nothing. */
function useFilters(): StockFilters {
  const { get, all } = useUrl();
  const { store } = useSession();
  return {
    search: get('q'),
    status: all('status').filter(isStatus),
    store: store ? String(store.id) : '',
    category: get('category'),
    ordering: get('order'),
  };
}

export function StockScreen() {
  const t = useT();
  const { set } = useUrl();
  const { store, stores } = useSession();
  const filters = useFilters();
  const list = useStock(filters);
  const view: View = filters.status.length === 1 ? (filters.status[0] as View) : 'all';
  const filtered = filters.search !== '' || filters.status.length > 0 || filters.category !== '';
  return (
    <Page
      title={t('nav.stock')}
      lead={t('stock.lead')}
      actions={
        <>
          <SavedViews of="stock" />
          <Download path="/api/inventory/" filters={given(filters)} />
        </>
      }
    >
      <StockViews here="list" />
      <Group gap="sm">
        <SearchField label={t('stock.search')} />
        <CategorySelect />
        <Tabs
          label={t('field.status')}
          value={view}
          options={VIEWS.map((one) => ({
            value: one,
            label: one === 'all' ? t('stock.all') : t(`status.${one}`),
          }))}
          onChange={(next) => set({ status: next === 'all' ? null : next }, { push: true })}
        />
      </Group>
      <StockTable
        list={list}
        withStore={!store && stores.length > 1}
        order={filters.ordering}
        onOrder={(order) => set({ order })}
        empty={
          filtered ? (
            <Empty
              title={t('stock.none_found')}
              action={
                <Button
                  variant="default"
                  mt="xs"
                  onClick={() => set({ q: null, status: null, category: null })}
                >
                  {t('action.clear_filters')}
                </Button>
              }
            />
          ) : (
            <Empty title={t('stock.none')}>{t('stock.none_lead')}</Empty>
          )
        }
      />
    </Page>
  );
}
