'use client';

import { Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { type Column, DataTable } from '@/components/table/data-table';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { type Import, type Outcome, type Problem, useProblems } from './queries';

const MOST = 1_000;

/** The rows that did not go in, were left out, or deserve a look: where, what stood there, and why. */
export function Problems({ job }: { job: Import }) {
  const t = useT();
  const { format } = useSession();
  const { get, set } = useUrl();
  const counts: Record<Outcome, number> = { failed: job.failed, skipped: job.skipped, notice: job.notices };
  const there = (Object.keys(counts) as Outcome[]).filter((outcome) => counts[outcome] > 0);
  const outcome = there.find((one) => one === get('outcome')) ?? there[0] ?? 'failed';
  const list = useProblems(job.id, outcome, `${job.status}${job.ready_at}`);
  const columns = useColumns();
  return (
    <>
      <Group justify="space-between" gap="sm">
        <Tabs
          label={t('imports.view_problems')}
          value={outcome}
          options={there.map((value) => ({
            value,
            label: `${t(`imports.outcome_${value}`)} (${format.quantity(counts[value])})`,
          }))}
          onChange={(next) => set({ outcome: next })}
        />
        <Download path={`/api/imports/${job.id}/problems/`} filters={{ outcome }} />
      </Group>
      {counts[outcome] > MOST && (
        <Text size="sm" c="dimmed">
          {t('imports.first_problems', { most: format.quantity(MOST) })}
        </Text>
      )}
      <DataTable
        label={t('imports.view_problems')}
        list={list}
        columns={columns}
        rowKey={(row) => `${row.line} ${row.column} ${row.reason}`}
        empty={<Empty title={t('list.nothing')} />}
        card={(row) => (
          <>
            <Text size="sm" fw={560}>
              {t('imports.line_of', { line: row.line })}
              {row.column && ` · ${row.column}`}
            </Text>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {row.reason}
            </Text>
            {row.value && (
              <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {row.value}
              </Text>
            )}
          </>
        )}
      />
    </>
  );
}

function useColumns(): Column<Problem>[] {
  const t = useT();
  return useMemo(
    () => [
      { id: 'line', header: t('imports.line'), width: 80, end: true, cell: (row) => row.line },
      { id: 'column', header: t('imports.column'), width: 170, cell: (row) => row.column || '–' },
      {
        id: 'value',
        header: t('imports.value'),
        width: 200,
        cell: (row) => <span title={row.value}>{row.value || '–'}</span>,
      },
      {
        id: 'reason',
        header: t('field.reason'),
        cell: (row) => <span title={row.reason}>{row.reason}</span>,
      },
    ],
    [t],
  );
}
