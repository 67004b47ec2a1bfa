'use client';

import { Group, Text, TextInput } from '@mantine/core';
import { Download } from '@/components/download';
import { type Fact, Facts } from '@/components/facts';
import { Empty } from '@/components/feedback';
import { Panel } from '@/components/panel';
import { PlainTable } from '@/components/table/plain-table';
import type { Schemas } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { useAccuracy } from './queries';

type Figures = Schemas['AccuracyFigures'];
type OfStore = Schemas['StoreAccuracy'];
const DAY = /^\d{4}-\d\d-\d\d$/;
const SHARE = 100;

/** How good the books were in the counts that were posted in a time, and what was missing. */
export function Accuracy() {
  const t = useT();
  const { store } = useSession();
  const { get, set } = useUrl();
  const day = (name: string) => (DAY.test(get(name)) ? get(name) : '');
  const [from, to] = [day('from'), day('to')];
  const chosen = store ? String(store.id) : '';
  const accuracy = useAccuracy(chosen, from, to);
  return (
    <>
      <Group gap={6}>
        <TextInput
          type="date"
          aria-label={t('field.from')}
          value={from || (accuracy.data?.start_date ?? '')}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <span className="soft" aria-hidden>
          –
        </span>
        <TextInput
          type="date"
          aria-label={t('field.to')}
          value={to || (accuracy.data?.end_date ?? '')}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
        <Download path="/api/counts/accuracy/" filters={{ store: chosen, start_date: from, end_date: to }} />
      </Group>
      <Panel title={t('counts.view_accuracy')} asked={accuracy} height={60}>
        {({ total }) => <Total figures={total} />}
      </Panel>
      {accuracy.data && accuracy.data.stores.length > 0 && <ByStore rows={accuracy.data.stores} />}
    </>
  );
}

export function useShare(): (value: number | null | undefined) => string {
  const { format } = useSession();
  return (value) => (value == null ? '–' : `${format.quantity(Math.round(value * SHARE * 10) / 10)} %`);
}

function Total({ figures }: { figures: Figures }) {
  const t = useT();
  const { format } = useSession();
  const share = useShare();
  if (figures.counts === 0)
    return <Empty title={t('counts.none_posted')}>{t('counts.none_posted_lead')}</Empty>;
  const facts: Fact[] = [
    [t('counts.accuracy'), share(figures.accuracy)],
    [t('counts.lines_counted'), format.quantity(figures.counted)],
    [t('counts.shortage'), format.quantity(figures.shortage_units)],
    [t('counts.overage'), format.quantity(figures.overage_units)],
    [t('counts.shrinkage'), format.quantity(figures.shrinkage_units)],
    ...(figures.shrinkage_cost === undefined
      ? []
      : ([[t('counts.shrinkage_cost'), format.money(figures.shrinkage_cost)]] as Fact[])),
  ];
  return (
    <>
      <Facts facts={facts} columns={6} />
      <Text size="xs" c="dimmed" mt="sm">
        {t('counts.accuracy_lead')}
      </Text>
    </>
  );
}

function ByStore({ rows }: { rows: OfStore[] }) {
  const t = useT();
  const { format } = useSession();
  const share = useShare();
  const number = (id: string, header: string, value: (row: OfStore) => string) => ({
    id,
    header,
    width: 130,
    end: true,
    cell: value,
  });
  return (
    <PlainTable
      framed
      label={t('counts.by_store')}
      rows={rows}
      rowKey={(row) => row.store}
      columns={[
        { id: 'store', header: t('field.store'), cell: (row) => row.store_name },
        number('accuracy', t('counts.accuracy'), (row) => share(row.accuracy)),
        number('counts', t('nav.counts'), (row) => format.quantity(row.counts)),
        number('counted', t('counts.lines_counted'), (row) => format.quantity(row.counted)),
        number('short', t('counts.shortage'), (row) => format.quantity(row.shortage_units)),
        number('over', t('counts.overage'), (row) => format.quantity(row.overage_units)),
        number('shrinkage', t('counts.shrinkage'), (row) => format.quantity(row.shrinkage_units)),
      ]}
      card={(row) => (
        <Group justify="space-between">
          <Text size="sm">{row.store_name}</Text>
          <Text size="sm" fw={560} className="figures">
            {share(row.accuracy)}
          </Text>
        </Group>
      )}
    />
  );
}
