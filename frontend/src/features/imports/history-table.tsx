'use client';

import { Group, Text } from '@mantine/core';
import Link from 'next/link';
import { type ReactNode, useMemo } from 'react';
import panel from '@/components/panel.module.css';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import type { Pages } from '@/lib/pages';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import type { ImportRow } from './queries';
import { ImportBadge, useKindName } from './status';

function FileName({ row, below }: { row: ImportRow; below: string }) {
  const { query } = useUrl();
  return (
    <div style={{ lineHeight: 1.3, minWidth: 0 }}>
      <Link
        className={`${panel.plain} ${panel.ellipsis}`}
        href={href('/imports/', query, { id: String(row.id) })}
      >
        {row.file_name}
      </Link>
      <span className={`${panel.small} ${panel.ellipsis}`}>{below}</span>
    </div>
  );
}

/** What was sent before, newest first. */
export function HistoryTable({ list, empty }: { list: Pages<ImportRow>; empty: ReactNode }) {
  const t = useT();
  const kindName = useKindName();
  const { format } = useSession();
  const columns = useMemo<Column<ImportRow>[]>(
    () => [
      {
        id: 'file',
        header: t('imports.file'),
        cell: (row) => <FileName row={row} below={`${row.number} · ${format.bytes(row.size)}`} />,
      },
      { id: 'kind', header: t('field.kind'), width: 190, cell: ({ kind }) => kindName(kind) },
      {
        id: 'status',
        header: t('field.status'),
        width: 130,
        cell: ({ status }) => <ImportBadge status={status} />,
      },
      {
        id: 'in',
        header: t('imports.rows_in'),
        width: 110,
        end: true,
        cell: (row) => format.quantity(row.succeeded),
      },
      {
        id: 'failed',
        header: t('imports.failed'),
        width: 90,
        end: true,
        cell: ({ failed }) => (
          <span style={failed > 0 ? { color: 'var(--bad)' } : undefined}>{format.quantity(failed)}</span>
        ),
      },
      { id: 'by', header: t('imports.by'), width: 150, cell: (row) => row.created_by },
      { id: 'when', header: t('field.when'), width: 150, cell: (row) => format.time(row.created_at) },
    ],
    [t, format, kindName],
  );
  return (
    <DataTable
      label={t('imports.history')}
      list={list}
      columns={columns}
      rowKey={(row) => row.id}
      empty={empty}
      card={(row) => (
        <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
          <div style={{ minWidth: 0 }}>
            <FileName row={row} below={`${kindName(row.kind)} · ${format.time(row.created_at)}`} />
            <Text size="xs" c="dimmed" className="figures">
              {t('imports.counts', {
                done: format.quantity(row.succeeded),
                failed: format.quantity(row.failed),
              })}
            </Text>
          </div>
          <ImportBadge status={row.status} />
        </Group>
      )}
    />
  );
}
