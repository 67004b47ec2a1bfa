'use client';

import { Box, Button, Group, Text } from '@mantine/core';
import { FlaskConical, Printer } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { ActionBar } from '@/components/action-bar';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import { SearchField } from '@/components/search-field';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { SEVERITIES } from '@/lib/urgency';
import { changed, useUrl } from '@/lib/url';
import { isOrderable, LineTable, type Selection } from './line-table';
import {
  byUrgency,
  fits,
  GROUPINGS,
  type Grouping,
  groupKey,
  type Line,
  quantityOf,
  severityOf,
  sumOf,
} from './lines';
import { ProposalState, ProposeButton, useNewProposal } from './proposal-bar';
import { type LineStatus, MOST_LINES, useDecide, useLines } from './queries';
import { Groups, Urgency } from './urgency';

const OrderDialog = dynamic(() => import('./order-dialog').then((module) => module.OrderDialog), {
  ssr: false,
});
const WhyPanel = dynamic(() => import('./why').then((module) => module.WhyPanel), { ssr: false });
const WhatIf = dynamic(() => import('./what-if').then((module) => module.WhatIf), { ssr: false });
const PutOffDialog = dynamic(() => import('./decide-dialogs').then((module) => module.PutOffDialog), {
  ssr: false,
});
const SkipDialog = dynamic(() => import('./decide-dialogs').then((module) => module.SkipDialog), {
  ssr: false,
});
const ReasonDialog = dynamic(() => import('./decide-dialogs').then((module) => module.ReasonDialog), {
  ssr: false,
});

const VIEWS = { open: ['proposed'], later: ['snoozed'], done: ['accepted', 'dismissed'] } as const;
type View = keyof typeof VIEWS;
type Doing =
  | { what: 'order' | 'putoff' | 'skip'; lines: Line[] }
  | { what: 'reason'; line: Line; quantity: number }
  | { what: 'whatif' };

/** What the address chooses of the lines that are here. */
function useChosen(rows: Line[]) {
  const { get } = useUrl();
  const severity = SEVERITIES.find((one) => one === get('severity')) ?? '';
  const by: Grouping | '' = GROUPINGS.find((one) => one === get('by')) ?? '';
  const [group, words] = [get('group'), get('q')];
  const found = useMemo(() => rows.filter((line) => words === '' || fits(line, words)), [rows, words]);
  const urgent = useMemo(
    () => found.filter((line) => severity === '' || severityOf(line) === severity),
    [found, severity],
  );
  const lines = useMemo(
    () => byUrgency(urgent.filter((line) => !by || group === '' || groupKey(line, by) === group)),
    [urgent, by, group],
  );
  return { severity, by, group, words, found, urgent, lines } as const;
}

const NO_LINES: Line[] = [];

export function RestockScreen() {
  const t = useT();
  const { get, set } = useUrl();
  const { store, stores, caller } = useSession();
  const view = (Object.keys(VIEWS) as View[]).find((one) => one === get('view')) ?? 'open';
  const place = store ? String(store.id) : '';
  const list = useLines(place, [...VIEWS[view]] as LineStatus[]);
  const asked = useNewProposal();
  const chosen = useChosen(list.rows ?? NO_LINES);
  const decides = view === 'open' && mayAct(caller, 'manager');
  const { selection, ids, clear } = useSelection();
  const { mutate: decide } = useDecide();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [why, setWhy] = useState<Line | null>(null);
  const [onQuantity] = useState(() => (line: Line, quantity: number | null) => {
    if (quantity === null) decide({ verb: 'edit', line, quantity, reason: '' });
    else setDoing({ what: 'reason', line, quantity });
  });
  const withStore = !store && stores.length > 1;
  const close = () => setDoing(null);

  return (
    <Page
      title={t('nav.restock')}
      lead={t('restock.lead')}
      actions={
        <>
          <Button
            component="a"
            href={`/api/reports/restock/?${changed('', { format: 'html', store: place })}`}
            target="_blank"
            variant="default"
            visibleFrom="sm"
            leftSection={<Printer size={16} aria-hidden />}
          >
            {t('action.print')}
          </Button>
          <Button
            variant="default"
            leftSection={<FlaskConical size={16} aria-hidden />}
            onClick={() => setDoing({ what: 'whatif' })}
          >
            {t('whatif.open')}
          </Button>
          <ProposeButton asked={asked} />
        </>
      }
    >
      <ProposalState asked={asked} />
      {view === 'open' && list.rows && list.rows.length > 0 && (
        <Urgency
          lines={chosen.found}
          value={chosen.severity}
          onChange={(severity) => set({ severity, group: null })}
        />
      )}
      <Group gap="sm">
        <SearchField label={t('restock.search')} />
        <Tabs
          label={t('field.status')}
          value={view}
          options={(Object.keys(VIEWS) as View[]).map((value) => ({
            value,
            label: t(`restock.view_${value}`),
          }))}
          onChange={(next) => set({ view: next === 'open' ? null : next, severity: null, group: null })}
        />
        <Box visibleFrom="sm">
          <Tabs
            label={t('restock.group')}
            value={chosen.by || 'none'}
            options={[
              { value: 'none', label: t('restock.by_none') },
              ...GROUPINGS.map((value) => ({ value, label: t(`restock.by_${value}`) })),
            ]}
            onChange={(next) => set({ by: next === 'none' ? null : next, group: null })}
          />
        </Box>
      </Group>
      {chosen.by && (
        <Groups
          lines={chosen.urgent}
          by={chosen.by}
          value={chosen.group}
          onChange={(group) => set({ group })}
        />
      )}
      <LineTable
        list={list}
        lines={chosen.lines}
        withStore={withStore}
        selection={decides ? selection : undefined}
        onQuantity={decides ? onQuantity : undefined}
        onWhy={setWhy}
        empty={<Nothing view={view} filtered={(list.rows?.length ?? 0) > 0} none={!asked.current} />}
      />
      {(list.rows?.length ?? 0) >= MOST_LINES && list.hasNextPage && (
        <Text size="sm" c="dimmed">
          {t('restock.most', { count: MOST_LINES })}
        </Text>
      )}
      {decides && chosen.lines.length > 0 && (
        <Deciding
          lines={chosen.lines}
          ids={ids}
          onDo={(what, lines) => setDoing({ what, lines })}
          clear={clear}
        />
      )}
      {why && (
        <WhyPanel
          line={chosen.lines.find(({ id }) => id === why.id) ?? why}
          onClose={() => setWhy(null)}
          {...(decides && {
            onOrder: isOrderable(why)
              ? (line: Line) => setDoing({ what: 'order', lines: [line] })
              : undefined,
            onPutOff: (line: Line) => setDoing({ what: 'putoff', lines: [line] }),
            onSkip: (line: Line) => setDoing({ what: 'skip', lines: [line] }),
          })}
        />
      )}
      {doing && (
        <Dialogs
          doing={doing}
          onClose={() => {
            if (doing.what !== 'whatif' && doing.what !== 'reason') setWhy(null);
            close();
          }}
        />
      )}
    </Page>
  );
}

function Dialogs({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  if (doing.what === 'whatif') return <WhatIf onClose={onClose} />;
  if (doing.what === 'reason')
    return <ReasonDialog line={doing.line} quantity={doing.quantity} onClose={onClose} />;
  const Dialog = { order: OrderDialog, putoff: PutOffDialog, skip: SkipDialog }[doing.what];
  return <Dialog lines={doing.lines} onClose={onClose} />;
}

function useSelection() {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const selection = useMemo<Selection>(
    () => ({
      has: (id) => ids.has(id),
      set: (lines, chosen) =>
        setIds((before) => {
          const next = new Set(before);
          for (const { id } of lines) chosen ? next.add(id) : next.delete(id);
          return next;
        }),
    }),
    [ids],
  );
  return { selection, ids, clear: () => setIds(new Set()) };
}

type DecidingProps = {
  lines: Line[];
  ids: ReadonlySet<number>;
  onDo: (what: 'order' | 'putoff' | 'skip', lines: Line[]) => void;
  clear: () => void;
};

/** What is ordered with one click: what is chosen, or all that is shown where nothing is. */
function Deciding({ lines, ids, onDo, clear }: DecidingProps) {
  const t = useT();
  const { format, caller } = useSession();
  const chosen = lines.filter(({ id }) => ids.has(id));
  const orderable = (chosen.length > 0 ? chosen : lines).filter(isOrderable);
  const sum = sumOf(orderable);
  const says = t(chosen.length > 0 ? 'restock.chosen' : 'restock.shown', {
    lines: format.quantity(sum.lines),
    units: format.quantity(Math.round(orderable.reduce((all, line) => all + quantityOf(line), 0))),
  });
  return (
    <ActionBar
      label={t('restock.decide')}
      says={
        <>
          <b>{says}</b>
          {sum.cost !== null && ` · ${format.money(sum.cost, caller.organization.currency)}`}
        </>
      }
    >
      {chosen.length > 0 && (
        <>
          <Button variant="subtle" color="gray" c="var(--soft)" onClick={clear}>
            {t('action.clear')}
          </Button>
          <Button variant="default" onClick={() => onDo('skip', chosen)}>
            {t('restock.skip')}
          </Button>
          <Button variant="default" onClick={() => onDo('putoff', chosen)}>
            {t('restock.put_off')}
          </Button>
        </>
      )}
      <Button onClick={() => onDo('order', orderable)} disabled={orderable.length === 0}>
        {t(chosen.length > 0 ? 'restock.order_chosen' : 'restock.order_all', {
          lines: format.quantity(sum.lines),
        })}
      </Button>
    </ActionBar>
  );
}

function Nothing({ view, filtered, none }: { view: View; filtered: boolean; none: boolean }) {
  const t = useT();
  const { set } = useUrl();
  if (filtered) {
    return (
      <Empty
        title={t('restock.none_found')}
        action={
          <Button variant="default" mt="xs" onClick={() => set({ q: null, severity: null, group: null })}>
            {t('action.clear_filters')}
          </Button>
        }
      />
    );
  }
  if (view !== 'open') return <Empty title={t(`restock.none_${view}`)} />;
  if (none) return <Empty title={t('restock.no_proposal')}>{t('restock.no_proposal_lead')}</Empty>;
  return <Empty title={t('restock.none')}>{t('restock.none_lead')}</Empty>;
}
