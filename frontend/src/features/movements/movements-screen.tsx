'use client';

import { Button, Group, MultiSelect, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { MovementTable } from './movement-table';
import { chosen, KINDS, type Kind, type MovementFilters, NO_FILTERS, useMovements } from './queries';

const RecordForm = dynamic(() => import('./record-form').then((module) => module.RecordForm), { ssr: false });

const DAY = /^\d{4}-\d\d-\d\d$/;
const day = (text: string): string => (DAY.test(text) ? text : '');
const isKind = (text: string): text is Kind => (KINDS as string[]).includes(text);

function useFilters(): MovementFilters {
  const { get, all } = useUrl();
  const { store } = useSession();
  const status = get('status');
  return {
    ...NO_FILTERS,
    store: store ? String(store.id) : '',
    movement_type: all('kind').filter(isKind),
    status: status === 'accepted' || status === 'applied' || status === 'rejected' ? status : '',
    start_date: day(get('from')),
    end_date: day(get('to')),
    reference: get('reference'),
  };
}

export function MovementsScreen() {
  const t = useT();
  const { set } = useUrl();
  const { store, stores } = useSession();
  const [recording, setRecording] = useState(false);
  const filters = useFilters();
  const list = useMovements(filters);
  const { store: _, ...own } = chosen(filters);
  const filtered = Object.keys(own).length > 0;
  const clear = () => set({ kind: null, status: null, from: null, to: null, reference: null });
  return (
    <Page
      title={t('nav.movements')}
      lead={t('movements.lead')}
      actions={
        <>
          <Download path="/api/stock-movements/" filters={chosen(filters)} />
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setRecording(true)}>
            {t('record.open')}
          </Button>
        </>
      }
    >
      <Filters filters={filters} />
      <MovementTable
        list={list}
        withStore={!store && stores.length > 1}
        empty={
          <Empty
            title={filtered ? t('movements.none_found') : t('movements.none')}
            action={
              filtered && (
                <Button variant="default" mt="xs" onClick={clear}>
                  {t('action.clear_filters')}
                </Button>
              )
            }
          >
            {filtered ? null : t('movements.none_lead')}
          </Empty>
        }
      />
      {recording && <RecordForm onClose={() => setRecording(false)} />}
    </Page>
  );
}

function Filters({ filters }: { filters: MovementFilters }) {
  const t = useT();
  const { set } = useUrl();
  const [reference, setReference] = useState(filters.reference);
  const keep = useDebouncedCallback((value: string) => set({ reference: value.trim() }), 250);
  return (
    <Group gap="sm" align="flex-end">
      <MultiSelect
        aria-label={t('field.kind')}
        placeholder={filters.movement_type.length === 0 ? t('movements.all_kinds') : undefined}
        data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={filters.movement_type}
        onChange={(kind) => set({ kind })}
        clearable
        clearButtonProps={{ 'aria-label': t('action.clear') }}
        w={{ base: '100%', sm: 260 }}
      />
      <Select
        aria-label={t('field.status')}
        placeholder={t('movements.all_states')}
        data={(['applied', 'rejected', 'accepted'] as const).map((value) => ({
          value,
          label: t(`movement.${value}`),
        }))}
        value={filters.status || null}
        onChange={(status) => set({ status })}
        clearable
        clearButtonProps={{ 'aria-label': t('action.clear') }}
        w={{ base: '100%', sm: 160 }}
      />
      <Group gap={6} wrap="nowrap" w={{ base: '100%', sm: 'auto' }}>
        <TextInput
          type="date"
          aria-label={t('field.from')}
          value={filters.start_date}
          max={filters.end_date || undefined}
          onChange={(event) => set({ from: event.currentTarget.value })}
          style={{ flex: 1 }}
        />
        <span className="soft" aria-hidden>
          –
        </span>
        <TextInput
          type="date"
          aria-label={t('field.to')}
          value={filters.end_date}
          min={filters.start_date || undefined}
          onChange={(event) => set({ to: event.currentTarget.value })}
          style={{ flex: 1 }}
        />
      </Group>
      <TextInput
        data-search
        aria-label={t('field.reference')}
        placeholder={t('field.reference')}
        value={reference}
        onChange={(event) => {
          setReference(event.currentTarget.value);
          keep(event.currentTarget.value);
        }}
        w={{ base: '100%', sm: 170 }}
      />
    </Group>
  );
}
