'use client';

import { Alert, SimpleGrid, Text } from '@mantine/core';
import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge, type Tone } from '@/components/badge';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import css from '@/components/panel.module.css';
import type { Schemas } from '@/lib/api/client';
import { useLanguage, useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { ageWords } from './age';
import { type Health, useForecastRuns, useHealth, useWebhookStates } from './queries';

/** Whether everything runs, and what is waiting. Read anew every ten seconds. */
export function SystemScreen() {
  const t = useT();
  const { caller } = useSession();
  const health = useHealth();
  return (
    <Page title={t('nav.system')} lead={t('system.lead')}>
      {health.data && <Verdict health={health.data} />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Panel title={t('system.parts')} asked={health} height={160}>
          {(now) => <Parts health={now} />}
        </Panel>
        <Panel title={t('system.waiting')} asked={health} height={160}>
          {(now) => <Waits health={now} />}
        </Panel>
        <Forecasts />
        {mayAct(caller, 'admin') && <Webhooks />}
      </SimpleGrid>
      <Text size="sm">
        <a className={css.link} href="/api/docs/">
          {t('system.api')}
        </a>
      </Text>
    </Page>
  );
}

const LOOKS = {
  ok: [CircleCheck, 'var(--good)'],
  degraded: [CircleAlert, 'var(--warn)'],
  unavailable: [CircleX, 'var(--bad)'],
} as const;

function Verdict({ health }: { health: Health }) {
  const t = useT();
  const [Icon, colour] = LOOKS[health.status];
  return (
    <Alert
      role="status"
      variant="default"
      icon={<Icon size={18} color={colour} aria-hidden />}
      title={t(`system.${health.status}`)}
    >
      {health.reasons.join('; ')}
    </Alert>
  );
}

function Rows({ rows }: { rows: [string, ReactNode][] }) {
  return (
    <ul className={css.rows}>
      {rows.map(([name, value]) => (
        <li key={name} className={css.row}>
          <span>{name}</span>
          <span className={css.end}>{value}</span>
        </li>
      ))}
    </ul>
  );
}

function Part({ state }: { state: 'ok' | 'unavailable' }) {
  const t = useT();
  return <Badge tone={state === 'ok' ? 'good' : 'bad'}>{t(`system.part_${state}`)}</Badge>;
}

function Parts({ health }: { health: Health }) {
  const t = useT();
  const { locale } = useLanguage();
  return (
    <Rows
      rows={[
        [t('system.database'), <Part key="database" state={health.database} />],
        [t('system.queue'), <Part key="queue" state={health.queue} />],
        [t('system.audit'), ageWords(health.audit_head_age_seconds, locale, t)],
        // Without a folder for backups none is made, and the server does not name their age.
        [
          t('system.backup'),
          health.backup_age_seconds === undefined
            ? t('system.backup_off')
            : ageWords(health.backup_age_seconds, locale, t),
        ],
      ]}
    />
  );
}

function Waits({ health }: { health: Health }) {
  const t = useT();
  const { format } = useSession();
  const { locale } = useLanguage();
  const pending = health.pending_movements;
  return (
    <Rows
      rows={[
        [t('system.pending'), pending === undefined ? '–' : format.quantity(pending)],
        [
          t('system.oldest'),
          pending ? ageWords(health.oldest_pending_seconds, locale, t) : t('system.nothing_waits'),
        ],
      ]}
    />
  );
}

const RUN_TONES: Record<Schemas['ForecastRunStatusEnum'], Tone> = {
  queued: 'info',
  running: 'info',
  finished: 'good',
  failed: 'bad',
};

function Forecasts() {
  const t = useT();
  const { format } = useSession();
  const runs = useForecastRuns();
  return (
    <Panel title={t('system.forecasts')} asked={runs} height={160}>
      {({ results }) =>
        results.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('system.no_forecast')}
          </Text>
        ) : (
          <Rows
            rows={results.map((run) => [
              format.time(run.created_at),
              <Badge key={run.id} tone={RUN_TONES[run.status]}>
                {run.status === 'running'
                  ? `${t('system.run_running')} ${format.quantity(Math.round(run.progress.percent))} %`
                  : t(`system.run_${run.status}`)}
              </Badge>,
            ])}
          />
        )
      }
    </Panel>
  );
}

const HOOK_TONES = { ok: 'good', retrying: 'warn', paused: 'bad' } as const;

function Webhooks() {
  const t = useT();
  const { query } = useUrl();
  const webhooks = useWebhookStates();
  return (
    <Panel
      title={t('settings.webhooks')}
      asked={webhooks}
      height={160}
      more={{ path: href('/settings/', query, { part: 'webhooks' }), words: t('action.see_all') }}
    >
      {({ results }) =>
        results.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('webhook.none')}
          </Text>
        ) : (
          <Rows
            rows={results.map((one) => [
              one.description || one.url.replace('https://', ''),
              <Badge key={one.id} tone={HOOK_TONES[one.state]}>
                {t(`webhook.${one.state}`)}
              </Badge>,
            ])}
          />
        )
      }
    </Panel>
  );
}
