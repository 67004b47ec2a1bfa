'use client';

import { Button, Group } from '@mantine/core';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import { SearchField } from '@/components/search-field';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { InTransit } from './in-transit';
import { chosen, type TransferStatus, useTransfers } from './queries';
import { TransferTable } from './transfer-table';

const DraftForm = dynamic(() => import('./draft-form').then((file) => file.DraftForm));

const VIEWS = ['open', 'way', 'ended', 'all', 'products'] as const;
type View = (typeof VIEWS)[number];
const ON_ITS_WAY: TransferStatus[] = ['dispatched', 'partially_received'];
const STATUSES: Record<Exclude<View, 'products'>, TransferStatus[]> = {
  open: ['draft', 'requested', 'approved', ...ON_ITS_WAY, 'received'],
  way: ON_ITS_WAY,
  ended: ['closed', 'cancelled'],
  all: [],
};

export function TransfersScreen() {
  const t = useT();
  const { get, set } = useUrl();
  const [drafting, setDrafting] = useState(false);
  const view: View = VIEWS.find((one) => one === get('view')) ?? 'open';
  return (
    <Page
      title={t('nav.transfers')}
      lead={t('transfers.lead')}
      actions={
        <>
          {view !== 'products' && <TransfersFile view={view} />}
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setDrafting(true)}>
            {t('transfers.new')}
          </Button>
        </>
      }
    >
      <Group gap="sm">
        {view !== 'products' && <SearchField label={t('transfers.search')} />}
        <Tabs
          label={t('field.status')}
          value={view}
          options={VIEWS.map((value) => ({ value, label: t(`transfers.view_${value}`) }))}
          onChange={(next) => set({ view: next === 'open' ? null : next, q: null }, { push: true })}
        />
      </Group>
      {view === 'products' ? <InTransit /> : <Listed view={view} onNew={() => setDrafting(true)} />}
      {drafting && <DraftForm onClose={() => setDrafting(false)} />}
    </Page>
  );
}

function useFilters(view: Exclude<View, 'products'>) {
  const { get } = useUrl();
  const { store } = useSession();
  return {
    store: store ? String(store.id) : '',
    status: STATUSES[view],
    words: get('q'),
    ordering: get('order'),
  };
}

function TransfersFile({ view }: { view: Exclude<View, 'products'> }) {
  return <Download path="/api/transfers/" filters={chosen(useFilters(view))} />;
}

function Listed({ view, onNew }: { view: Exclude<View, 'products'>; onNew: () => void }) {
  const t = useT();
  const { set } = useUrl();
  const filters = useFilters(view);
  const list = useTransfers(filters);
  return (
    <TransferTable
      list={list}
      order={filters.ordering}
      onOrder={(order) => set({ order })}
      empty={
        filters.words ? (
          <Empty
            title={t('transfers.none_found')}
            action={
              <Button variant="default" mt="xs" onClick={() => set({ q: null })}>
                {t('action.clear_filters')}
              </Button>
            }
          />
        ) : (
          <Empty
            title={t(`transfers.none_${view}`)}
            action={
              <Button variant="default" mt="xs" onClick={onNew}>
                {t('transfers.new')}
              </Button>
            }
          >
            {t('transfers.none_lead')}
          </Empty>
        )
      }
    />
  );
}
