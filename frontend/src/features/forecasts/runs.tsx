'use client';

import { Button, Group, Progress, Text } from '@mantine/core';
import { RefreshCw } from 'lucide-react';
import { Badge, type Tone } from '@/components/badge';
import { Failed, sentence } from '@/components/feedback';
import panel from '@/components/panel.module.css';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { type Run, useRetrain, useRuns } from './queries';

const TONES: Record<Run['status'], Tone> = {
  queued: 'warn',
  running: 'warn',
  finished: 'good',
  failed: 'bad',
};

/** When forecasts were made last, and, for managers, the way to ask for new ones. */
export function LastRun() {
  const t = useT();
  const { caller } = useSession();
  const runs = useRuns();
  const retrain = useRetrain();
  if (runs.error && !runs.data) return <Failed error={runs.error} retry={() => void runs.refetch()} />;
  const [latest] = runs.data ?? [];
  const nightly = runs.data?.find(({ trigger, status }) => trigger === 'nightly' && status === 'finished');
  const busy = latest?.status === 'queued' || latest?.status === 'running';
  return (
    <section className={panel.panel} aria-label={t('forecasts.runs')}>
      <Group justify="space-between" gap="sm">
        <div style={{ minWidth: 0, minHeight: 44 }}>
          {latest ? (
            <Told run={latest} nightly={nightly} />
          ) : (
            <Text size="sm">{runs.data ? t('forecasts.no_run') : t('state.loading')}</Text>
          )}
        </div>
        {mayAct(caller, 'manager') && (
          <Button
            variant="default"
            leftSection={<RefreshCw size={16} aria-hidden />}
            loading={retrain.isPending}
            disabled={busy}
            onClick={() => retrain.mutate()}
          >
            {t('forecasts.retrain')}
          </Button>
        )}
      </Group>
      {latest && busy && <AtWork run={latest} />}
      {(retrain.error || latest?.error) && (
        <Text role="alert" size="sm" c="var(--bad)" mt={8}>
          {retrain.error ? sentence(retrain.error, t) : latest?.error}
        </Text>
      )}
    </section>
  );
}

function Told({ run, nightly }: { run: Run; nightly: Run | undefined }) {
  const t = useT();
  const { format } = useSession();
  const facts = [
    t(`forecasts.trigger_${run.trigger}`),
    run.trigger === 'on_demand' && run.requested_by,
    format.time(run.finished_at ?? run.created_at),
    run.series != null && t('forecasts.series', { count: format.quantity(run.series) }),
    run.finished_at && t('forecasts.took', { time: format.duration(run.progress.seconds) }),
  ];
  return (
    <>
      <Group gap={8}>
        <Text size="sm" fw={600}>
          {t('forecasts.last_run')}
        </Text>
        <Badge tone={TONES[run.status]}>{t(`forecasts.status_${run.status}`)}</Badge>
      </Group>
      <Text size="sm" c="dimmed" className="figures">
        {facts.filter(Boolean).join(' · ')}
      </Text>
      {nightly && nightly.id !== run.id && (
        <Text size="sm" c="dimmed" className="figures">
          {t('forecasts.last_night', { time: format.time(nightly.finished_at) })}
        </Text>
      )}
    </>
  );
}

function AtWork({ run }: { run: Run }) {
  const t = useT();
  const { format } = useSession();
  const { percent, parts, parts_done: done } = run.progress;
  const words =
    run.status === 'queued'
      ? t('imports.waiting')
      : `${format.share(percent)} · ${t('forecasts.parts', { done, all: parts })}`;
  return (
    <>
      <Progress mt="sm" value={percent} animated aria-label={t('imports.progress')} />
      <Text size="sm" c="dimmed" mt={6} className="figures" role="status">
        {words}
      </Text>
    </>
  );
}
