'use client';

import { Button, Group } from '@mantine/core';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { Accuracy } from './accuracy';
import { CountTable } from './count-table';
import { DueList } from './due-list';
import { type CountState, chosen, useCounts } from './queries';

const PlanForm = dynamic(() => import('./plan-form').then((file) => file.PlanForm));

const OPEN: CountState[] = ['planned', 'counting', 'counted', 'recount'];
const ENDED: CountState[] = ['posted', 'cancelled'];
type View = 'open' | 'ended' | 'due' | 'accuracy';

export function CountsScreen() {
  const t = useT();
  const { caller, store } = useSession();
  const { get, set } = useUrl();
  const [planning, setPlanning] = useState<'spot' | 'cycle' | null>(null);
  const plans = mayAct(caller, 'manager');
  const views: View[] = ['open', 'ended', 'due', ...(plans ? (['accuracy'] as const) : [])];
  const view = views.find((one) => one === get('view')) ?? 'open';
  const filters = { store: store ? String(store.id) : '', state: view === 'ended' ? ENDED : OPEN };
  return (
    <Page
      title={t('nav.counts')}
      lead={t('counts.lead')}
      actions={
        <>
          {(view === 'open' || view === 'ended') && (
            <Download path="/api/counts/" filters={chosen(filters)} />
          )}
          {plans && (
            <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setPlanning('spot')}>
              {t('counts.new')}
            </Button>
          )}
        </>
      }
    >
      <Group>
        <Tabs
          label={t('counts.views')}
          value={view}
          options={views.map((value) => ({ value, label: t(`counts.view_${value}`) }))}
          onChange={(next) => set({ view: next === 'open' ? null : next }, { push: true })}
        />
      </Group>
      {view === 'due' ? (
        <DueList onPlan={plans ? () => setPlanning('cycle') : undefined} />
      ) : view === 'accuracy' ? (
        <Accuracy />
      ) : (
        <Listed filters={filters} onNew={plans ? () => setPlanning('spot') : undefined} />
      )}
      {planning && <PlanForm kind={planning} onClose={() => setPlanning(null)} />}
    </Page>
  );
}

function Listed({
  filters,
  onNew,
}: {
  filters: { store: string; state: CountState[] };
  onNew: (() => void) | undefined;
}) {
  const t = useT();
  const list = useCounts(filters);
  const action = onNew && (
    <Button variant="default" mt="xs" onClick={onNew}>
      {t('counts.new')}
    </Button>
  );
  return (
    <CountTable
      list={list}
      empty={
        <Empty title={t(filters.state === ENDED ? 'counts.none_ended' : 'counts.none')} action={action}>
          {t('counts.none_lead')}
        </Empty>
      }
    />
  );
}
