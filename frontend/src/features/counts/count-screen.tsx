'use client';

import { Button, Group, Progress, Skeleton, Stack, Text } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Crumbs } from '@/components/crumbs';
import { type Fact, Facts } from '@/components/facts';
import { Failed, Waiting } from '@/components/feedback';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Tabs } from '@/components/tabs';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { useShare } from './accuracy';
import { CountDialog, type CountVerb } from './count-dialog';
import { Entries } from './entries';
import { Lines } from './lines';
import { type Count, type CountSummary, useCount, useSummary } from './queries';
import { CountBadge, isOpen } from './state';

const CountPad = dynamic(() => import('./count-pad').then((file) => file.CountPad));

type View = 'pad' | 'lines' | 'entries';

export function CountScreen({ id }: { id: number }) {
  const t = useT();
  const count = useCount(id);
  if (count.error instanceof ApiError && count.error.status === 404) {
    return <Failed error={new ApiError(404, 'not_found', t('count.not_found'))} />;
  }
  // What is being counted stays on the screen when the connection drops.
  if (!count.data && count.error) return <Failed error={count.error} retry={() => void count.refetch()} />;
  if (!count.data) return <Waiting />;
  return <Shown count={count.data} />;
}

function verbsOf(count: Count, manages: boolean): CountVerb[] {
  const only = (verbs: CountVerb[]) => (manages ? verbs : []);
  switch (count.state) {
    case 'planned':
      return ['start', ...only(['cancel'])];
    case 'counting':
      return ['submit', ...only(['cancel'])];
    case 'recount':
      return ['submit', ...only(['cancel'])];
    case 'counted':
      return only(['approve', 'recount', 'cancel']);
    default:
      return [];
  }
}

function Shown({ count }: { count: Count }) {
  const t = useT();
  const { caller } = useSession();
  const { get, set } = useUrl();
  const [doing, setDoing] = useState<CountVerb | null>(null);
  const views: View[] = [...(isOpen(count.state) ? (['pad'] as const) : []), 'lines', 'entries'];
  const view = views.find((one) => one === get('view')) ?? (views[0] as View);
  return (
    <Stack gap={4}>
      <Crumbs list={t('nav.counts')} path="/counts/" here={count.number} />
      <Page
        title={count.name || count.number}
        lead={[count.name && count.number, t(`count.kind_${count.kind}`), count.store_name]
          .filter(Boolean)
          .join(' · ')}
        actions={verbsOf(count, mayAct(caller, 'manager')).map((verb, index) => (
          <Button key={verb} variant={index === 0 ? 'filled' : 'default'} onClick={() => setDoing(verb)}>
            {t(`count.do_${verb}`)}
          </Button>
        ))}
      >
        <Head count={count} isBrief={view === 'pad'} />
        <Group>
          <Tabs
            label={t('count.views')}
            value={view}
            options={views.map((value) => ({ value, label: t(`count.view_${value}`) }))}
            onChange={(next) => set({ view: next === views[0] ? null : next, status: null })}
          />
        </Group>
        {view === 'pad' ? (
          <CountPad count={count} />
        ) : view === 'lines' ? (
          <Lines count={count} />
        ) : (
          <Entries count={count} />
        )}
      </Page>
      {doing && <CountDialog verb={doing} count={count} onClose={() => setDoing(null)} />}
    </Stack>
  );
}

/** Who counts sees how far they are; what the books say waits for the review. */
function Head({ count, isBrief }: { count: Count; isBrief: boolean }) {
  const t = useT();
  const summary = useSummary(count.id);
  if (isBrief) return summary.data ? <Far figures={summary.data} /> : <Skeleton height={36} maw={960} />;
  return (
    <Panel title={t('count.progress')} asked={summary} height={64} aside={<CountBadge state={count.state} />}>
      {(figures) => (
        <Stack gap="sm">
          <Far figures={figures} />
          {figures.accuracy !== undefined && figures.counted > 0 && <Found figures={figures} />}
        </Stack>
      )}
    </Panel>
  );
}

function Far({ figures }: { figures: CountSummary }) {
  const t = useT();
  const { format } = useSession();
  const done = figures.lines === 0 ? 0 : (figures.counted / figures.lines) * 100;
  const words = t('count.far', {
    counted: format.quantity(figures.counted),
    lines: format.quantity(figures.lines),
  });
  return (
    <div>
      <Text size="sm" className="figures" mb={6}>
        {[
          words,
          figures.recounting > 0 && t('count.to_recount', { count: figures.recounting }),
          figures.added > 0 && t('count.added', { count: figures.added }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Progress value={done} size="md" aria-label={words} />
    </div>
  );
}

/** What the books say beside it; who may not see it is not sent it. */
function Found({ figures }: { figures: CountSummary }) {
  const t = useT();
  const { format } = useSession();
  const share = useShare();
  const facts: Fact[] = [
    [t('counts.accuracy'), share(figures.accuracy)],
    [t('counts.shortage'), format.quantity(figures.shortage_units)],
    [t('counts.overage'), format.quantity(figures.overage_units)],
    [t('counts.shrinkage'), format.quantity(figures.shrinkage_units)],
    ...(figures.shrinkage_cost === undefined
      ? []
      : ([[t('counts.shrinkage_cost'), format.money(figures.shrinkage_cost)]] as Fact[])),
    [t('count.moved'), format.quantity(figures.moved)],
  ];
  return <Facts facts={facts} columns={6} />;
}
