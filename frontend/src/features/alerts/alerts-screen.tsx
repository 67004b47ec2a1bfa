'use client';

import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Check as Tick } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { ActionBar } from '@/components/action-bar';
import { Download } from '@/components/download';
import { Empty, sentence } from '@/components/feedback';
import { Page } from '@/components/page';
import { Select } from '@/components/select';
import { SEVERITY_COLOURS } from '@/components/severity';
import { Tabs } from '@/components/tabs';
import { Tiles } from '@/components/tiles';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { SEVERITIES } from '@/lib/urgency';
import { useUrl } from '@/lib/url';
import { AlertTable } from './alert-table';
import {
  type Alert,
  type AlertFilters,
  type AlertStatus,
  chosen,
  type Grouped,
  grouped,
  KINDS,
  useAcknowledge,
  useAlerts,
  useSummary,
} from './queries';

const AlertPanel = dynamic(() => import('./alert-panel').then((module) => module.AlertPanel), { ssr: false });
const RestockDialog = dynamic(() => import('./restock-dialog').then((module) => module.RestockDialog), {
  ssr: false,
});

const VIEWS: Record<string, AlertStatus[]> = {
  going: ['open', 'acknowledged'],
  open: ['open'],
  later: ['snoozed'],
  over: ['resolved'],
};
const NAMES = ['going', 'open', 'later', 'over'] as const;
type View = (typeof NAMES)[number];

function useFilters(): AlertFilters & { view: View } {
  const { get } = useUrl();
  const { store, caller } = useSession();
  const view = NAMES.find((one) => one === get('view')) ?? 'going';
  return {
    view,
    store: store ? String(store.id) : '',
    status: VIEWS[view] ?? [],
    severity: SEVERITIES.find((one) => one === get('severity')) ?? '',
    kind: KINDS.find((one) => one === get('kind')) ?? '',
    assignee: get('mine') ? String(caller.id) : '',
  };
}

export function AlertsScreen() {
  const t = useT();
  const { get, set } = useUrl();
  const { store, stores, caller } = useSession();
  const { view, ...filters } = useFilters();
  const list = useAlerts(filters);
  const acts = mayAct(caller, 'manager');
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const [ordering, setOrdering] = useState<Alert | null>(null);
  const shown = Number(get('id'));
  const over = view === 'over';
  const rows = useMemo(() => {
    const all = list.rows ?? [];
    return over ? all.map((alert) => ({ ...alert, others: [] })) : grouped(all);
  }, [list.rows, over]);
  const beside = (alert: Alert): Alert[] =>
    (list.rows ?? []).filter(
      ({ id, store: at, product }) => id !== alert.id && at === alert.store && product === alert.product,
    );
  const filtered = Boolean(filters.severity || filters.kind || filters.assignee);
  const clear = () => set({ severity: null, kind: null, mine: null });

  return (
    <Page
      title={t('nav.alerts')}
      lead={t('alerts.lead')}
      actions={<Download path="/api/alerts/" filters={chosen(filters)} />}
    >
      {!over && <Counts value={filters.severity} onChange={(severity) => set({ severity })} />}
      <Group gap="sm">
        <Tabs
          label={t('field.status')}
          value={view}
          options={NAMES.map((value) => ({ value, label: t(`alerts.view_${value}`) }))}
          onChange={(next) => set({ view: next === 'going' ? null : next })}
        />
        <Select
          aria-label={t('field.kind')}
          placeholder={t('alerts.all_kinds')}
          data={KINDS.map((value) => ({ value, label: t(`alert.${value}`) }))}
          value={filters.kind || null}
          onChange={(kind) => set({ kind })}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          w={{ base: '100%', sm: 250 }}
        />
        <Button
          variant={filters.assignee ? 'light' : 'default'}
          aria-pressed={filters.assignee !== ''}
          leftSection={filters.assignee ? <Tick size={16} aria-hidden /> : undefined}
          onClick={() => set({ mine: filters.assignee ? null : '1' })}
        >
          {t('alerts.mine')}
        </Button>
      </Group>
      <AlertTable
        list={list}
        rows={rows}
        withStore={!store && stores.length > 1}
        over={over}
        chosen={acts && !over ? ids : undefined}
        onChoose={setIds}
        onOpen={(alert) => set({ id: String(alert.id) })}
        onOrder={acts ? setOrdering : undefined}
        empty={
          <Empty
            title={t(filtered ? 'alerts.none_found' : over ? 'alerts.none_over' : 'alerts.none')}
            action={
              filtered && (
                <Button variant="default" mt="xs" onClick={clear}>
                  {t('action.clear_filters')}
                </Button>
              )
            }
          >
            {filtered || over ? null : t('alerts.none_lead')}
          </Empty>
        }
      />
      {ids.size > 0 && <Chosen ids={ids} rows={rows} onDone={() => setIds(new Set())} />}
      {shown > 0 && (
        <AlertPanel
          id={shown}
          beside={beside}
          onShow={(id) => set({ id: String(id) })}
          onClose={() => set({ id: null })}
          onOrder={acts ? setOrdering : undefined}
        />
      )}
      {ordering && (
        <RestockDialog
          alert={ordering}
          others={beside(ordering)}
          onClose={() => {
            setOrdering(null);
            set({ id: null });
          }}
        />
      )}
    </Page>
  );
}

function Counts({ value, onChange }: { value: string; onChange: (severity: string) => void }) {
  const t = useT();
  const { format } = useSession();
  const summary = useSummary();
  const tiles = SEVERITIES.map((severity) => ({
    key: severity,
    name: t(`severity.${severity}`),
    count: format.quantity(summary.data?.severity[severity]),
    more: t(`alerts.means_${severity}`),
    colour: SEVERITY_COLOURS[severity],
  }));
  return <Tiles label={t('restock.urgency')} tiles={tiles} value={value} onChange={onChange} />;
}

function Chosen({ ids, rows, onDone }: { ids: ReadonlySet<number>; rows: Grouped[]; onDone: () => void }) {
  const t = useT();
  const acknowledge = useAcknowledge();
  const alerts = rows
    .filter(({ id }) => ids.has(id))
    .flatMap(({ id, others }) => [id, ...others.map((one) => one.id)]);
  if (alerts.length === 0) return null;
  const done = ({ acknowledged }: { acknowledged: number }) => {
    notifications.show({ message: t('alerts.acknowledged', { count: acknowledged }) });
    onDone();
  };
  const failed = (error: Error) =>
    notifications.show({ color: 'red', title: t('error.title'), message: sentence(error, t) });
  return (
    <ActionBar label={t('restock.decide')} says={<b>{t('alerts.chosen', { count: alerts.length })}</b>}>
      <Button variant="subtle" color="gray" c="var(--soft)" onClick={onDone}>
        {t('action.clear')}
      </Button>
      <Button
        loading={acknowledge.isPending}
        onClick={() => acknowledge.mutate(alerts, { onSuccess: done, onError: failed })}
      >
        {t('alerts.acknowledge')}
      </Button>
    </ActionBar>
  );
}
