'use client';

import { Button, Group, Text } from '@mantine/core';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { Badge } from '@/components/badge';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import css from '@/components/panel.module.css';
import { SearchField } from '@/components/search-field';
import { type Column, DataTable } from '@/components/table/data-table';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { chosen, type Store, useStores } from './queries';

const StoreForm = dynamic(() => import('./store-form').then((file) => file.StoreForm));

export function OpenBadge({ store }: { store: Store }) {
  const t = useT();
  return (
    <Badge tone={store.is_active ? 'good' : 'plain'}>
      {t(store.is_active ? 'store.open' : 'store.closed')}
    </Badge>
  );
}

function Name({ store }: { store: Store }) {
  const { query } = useUrl();
  return (
    <div style={{ lineHeight: 1.3, minWidth: 0 }}>
      <Link
        className={`${css.plain} ${css.ellipsis}`}
        href={href('/stores/', query, { id: String(store.id) })}
      >
        {store.name}
      </Link>
      <span className={`${css.small} ${css.ellipsis}`}>{store.code}</span>
    </div>
  );
}

function useColumns(): Column<Store>[] {
  const t = useT();
  return useMemo(
    () => [
      { id: 'name', header: t('field.store'), order: 'name', cell: (one) => <Name store={one} /> },
      {
        id: 'kind',
        header: t('field.kind'),
        width: 120,
        order: 'kind',
        cell: (one) => t(`store.kind_${one.kind ?? 'shop'}`),
      },
      {
        id: 'region',
        header: t('store.region'),
        width: 140,
        order: 'region',
        cell: (one) => one.region || '–',
      },
      { id: 'location', header: t('store.location'), width: 220, cell: (one) => one.location || '–' },
      { id: 'zone', header: t('field.time_zone'), width: 170, cell: (one) => one.time_zone },
      { id: 'currency', header: t('field.currency'), width: 96, cell: (one) => one.currency },
      { id: 'status', header: t('field.status'), width: 110, cell: (one) => <OpenBadge store={one} /> },
    ],
    [t],
  );
}

export function StoresScreen() {
  const t = useT();
  const { caller } = useSession();
  const { get, set } = useUrl();
  const [adding, setAdding] = useState(false);
  const view = get('view') === 'closed' ? 'closed' : 'open';
  const filters = { search: get('q'), is_active: view === 'open', ordering: get('order') };
  const list = useStores(filters);
  const columns = useColumns();
  return (
    <Page
      title={t('nav.stores')}
      lead={t('stores.lead')}
      actions={
        <>
          <Download
            path="/api/stores/"
            filters={{ ...chosen(filters), is_active: String(filters.is_active) }}
          />
          {mayAct(caller, 'admin') && (
            <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>
              {t('stores.new')}
            </Button>
          )}
        </>
      }
    >
      <Group gap="sm">
        <SearchField label={t('stores.search')} />
        <Tabs
          label={t('field.status')}
          value={view}
          options={[
            { value: 'open', label: t('store.open') },
            { value: 'closed', label: t('store.closed') },
          ]}
          onChange={(next) => set({ view: next === 'open' ? null : next })}
        />
      </Group>
      <DataTable
        label={t('nav.stores')}
        list={list}
        columns={columns}
        rowKey={(one) => one.id}
        order={filters.ordering}
        onOrder={(order) => set({ order })}
        empty={<Empty title={t('stores.none_found')} />}
        card={(one) => (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Name store={one} />
            <Text size="xs" c="dimmed" ta="end">
              {t(`store.kind_${one.kind ?? 'shop'}`)}
              <br />
              {one.region}
            </Text>
          </Group>
        )}
      />
      {adding && <StoreForm onClose={() => setAdding(false)} />}
    </Page>
  );
}
