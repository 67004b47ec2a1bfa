'use client';

import { Alert, Anchor, Breadcrumbs, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { CircleAlert, FileDown, Undo2, Upload } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { Empty, Failed, sentence, Waiting } from '@/components/feedback';
import { Kpi } from '@/components/kpi';
import { Page } from '@/components/page';
import { Tabs } from '@/components/tabs';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { Preview } from './preview';
import { Problems } from './problems';
import { AtWork, Steps } from './progress';
import { type Import, isAtWork, useImport, useStep } from './queries';
import { ImportBadge, useKindName } from './status';

const Reading = dynamic(() => import('./reading').then((module) => module.Reading), { ssr: false });
const UndoDialog = dynamic(() => import('./undo-dialog').then((module) => module.UndoDialog), { ssr: false });

const VIEWS = ['rows', 'problems', 'reading'] as const;
type View = (typeof VIEWS)[number];

export function ImportScreen({ id }: { id: number }) {
  const t = useT();
  const { caller } = useSession();
  const asked = useImport(id);
  if (!mayAct(caller, 'manager')) {
    return <Empty title={t('imports.not_yours')}>{t('imports.not_yours_lead')}</Empty>;
  }
  if (asked.error instanceof ApiError && asked.error.status === 404) {
    return <Failed error={new ApiError(404, 'not_found', t('imports.not_found'))} />;
  }
  if (asked.data) return <One job={asked.data} />;
  return asked.error ? <Failed error={asked.error} retry={() => void asked.refetch()} /> : <Waiting />;
}

function One({ job }: { job: Import }) {
  const t = useT();
  const { query } = useUrl();
  const { format } = useSession();
  const kindName = useKindName();
  const sent = t('imports.sent_by', { name: job.created_by, when: format.time(job.created_at) });
  return (
    <Stack gap={4}>
      <Breadcrumbs fz="sm">
        <Anchor component={Link} size="sm" href={href('/imports/', query)}>
          {t('nav.imports')}
        </Anchor>
        <Text size="sm" c="dimmed">
          {job.number}
        </Text>
      </Breadcrumbs>
      <Page
        title={job.file_name}
        lead={
          <>
            <ImportBadge status={job.status} />{' '}
            {[kindName(job.kind), format.bytes(job.size), sent].filter((word) => word !== '–').join(' · ')}
          </>
        }
        actions={<Actions job={job} />}
      >
        <Steps job={job} />
        {isAtWork(job.status) && <AtWork job={job} />}
        {job.error && <Refusal job={job} />}
        {job.status === 'undone' && <Undone job={job} />}
        {!isAtWork(job.status) && <Result job={job} />}
      </Page>
    </Stack>
  );
}

function Actions({ job }: { job: Import }) {
  const t = useT();
  const { format } = useSession();
  const step = useStep(job.id);
  const [undoing, setUndoing] = useState(false);
  const failed = (error: unknown) =>
    notifications.show({ color: 'red', title: t('error.title'), message: sentence(error, t) });
  return (
    <>
      {job.has_failed_rows && (
        <Button
          component="a"
          href={`/api/imports/${job.id}/failed-rows/`}
          download
          variant="default"
          leftSection={<FileDown size={16} aria-hidden />}
        >
          {t('imports.failed_rows')}
        </Button>
      )}
      {job.status === 'applied' && job.kind !== 'history' && (
        <Button
          variant="default"
          leftSection={<Undo2 size={16} aria-hidden />}
          onClick={() => setUndoing(true)}
        >
          {t('imports.undo')}
        </Button>
      )}
      {job.status === 'ready' && (
        <Button
          leftSection={<Upload size={16} aria-hidden />}
          loading={step.isPending}
          onClick={() => step.mutate({ step: 'apply' }, { onError: failed })}
        >
          {job.kind === 'history'
            ? t('imports.apply_all')
            : t('imports.apply', { rows: format.quantity(job.succeeded) })}
        </Button>
      )}
      {undoing && <UndoDialog job={job} onClose={() => setUndoing(false)} />}
    </>
  );
}

/** Why the file could not go in, or, when it is in, why it could not be taken out again. */
function Refusal({ job }: { job: Import }) {
  const t = useT();
  return (
    <Alert
      role="alert"
      variant="default"
      icon={<CircleAlert size={18} color="var(--bad)" />}
      title={job.status === 'applied' ? t('imports.not_undone') : t('imports.not_imported')}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {job.error}
      </Text>
    </Alert>
  );
}

function Undone({ job }: { job: Import }) {
  const t = useT();
  const { format } = useSession();
  return (
    <Text size="sm" c="dimmed">
      {t('imports.undone_by', { name: job.undone_by, when: format.time(job.undone_at) })}
    </Text>
  );
}

function Result({ job }: { job: Import }) {
  const t = useT();
  const { get, set } = useUrl();
  const hasProblems = job.failed + job.skipped + job.notices > 0;
  const mayChange = job.status === 'ready' || job.status === 'failed';
  const views = VIEWS.filter((view) => (view === 'problems' ? hasProblems : view === 'rows' || mayChange));
  const first: View = job.status === 'failed' ? 'reading' : job.failed > 0 ? 'problems' : 'rows';
  const view = views.find((one) => one === get('view')) ?? (views.includes(first) ? first : 'rows');
  return (
    <>
      <Figures job={job} />
      <Group>
        <Tabs
          label={t('imports.views')}
          value={view}
          options={views.map((value) => ({ value, label: t(`imports.view_${value}`) }))}
          onChange={(next) => set({ view: next === first ? null : next })}
        />
      </Group>
      {view === 'rows' && <Preview job={job} />}
      {view === 'problems' && <Problems job={job} />}
      {view === 'reading' && <Reading job={job} key={`${job.status}${job.ready_at}`} />}
    </>
  );
}

function Figures({ job }: { job: Import }) {
  const t = useT();
  const { format } = useSession();
  const { products_added: added, movements } = job.result as Record<string, number | undefined>;
  const isIn = job.status === 'applied' || job.status === 'undone';
  const said = [
    added ? t('imports.products_added', { count: format.quantity(added) }) : '',
    movements ? t('imports.movements', { count: format.quantity(movements) }) : '',
  ].filter(Boolean);
  const tone = job.failed > 0 ? { tone: 'bad' as const } : {};
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing={{ base: 'xs', sm: 'md' }}>
      <Kpi
        name={isIn ? t('imports.rows_in') : t('imports.rows_to_go')}
        value={format.quantity(job.succeeded)}
        more={said.join(' · ') || t('imports.of_rows', { rows: format.quantity(job.rows) })}
        tone="good"
      />
      <Kpi
        name={t('imports.failed')}
        value={format.quantity(job.failed)}
        more={t('imports.failed_more')}
        {...tone}
      />
      <Kpi
        name={t('imports.skipped')}
        value={format.quantity(job.skipped)}
        more={t('imports.skipped_more')}
      />
      <Kpi
        name={t('imports.notices')}
        value={format.quantity(job.notices)}
        more={t('imports.notices_more')}
      />
    </SimpleGrid>
  );
}
