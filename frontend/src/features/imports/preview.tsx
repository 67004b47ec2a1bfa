'use client';

import { Group, Text } from '@mantine/core';
import { Badge } from '@/components/badge';
import { Empty } from '@/components/feedback';
import panel from '@/components/panel.module.css';
import type { Column } from '@/components/table/data-table';
import { PlainTable } from '@/components/table/plain-table';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { isColumn } from './columns';
import type { Import } from './queries';

type Row = Import['preview'][number];
/** In the order a person reads a sale: where in the file, when, where, what, how many. */
const ORDER = [
  'line',
  'date',
  'store',
  'sku',
  'product',
  'operation',
  'quantity',
  'stock',
  'price',
  'unit_cost',
];
const WIDTHS: Record<string, number> = { line: 70, date: 200, product: 240, outcome: 130 };
const RIGHT = new Set(['line', 'quantity', 'stock', 'price', 'unit_cost']);
const INSTANT = /^\d{4}-\d\d-\d\dT/;

/** The first rows as they were understood: how one sees whether days, commas and columns are right. */
export function Preview({ job }: { job: Import }) {
  const t = useT();
  const { format } = useSession();
  if (job.preview.length === 0) {
    return (
      <Empty title={t('imports.no_preview')}>
        {job.kind === 'history' ? t('imports.history_preview') : null}
      </Empty>
    );
  }
  const isThere = (name: string) => job.preview.some((row) => row[name] != null && row[name] !== '');
  const shown = (name: string, value: unknown): string => {
    if (value == null || value === '') return '–';
    if (RIGHT.has(name)) return format.quantity(Number(value));
    return typeof value === 'string' && INSTANT.test(value) ? format.moment(value) : String(value);
  };
  const header = (name: string): string =>
    name === 'product' ? t('field.product') : isColumn(name) ? t(`import.column_${name}`) : t('imports.line');
  const figures = ORDER.filter(isThere).map(
    (name): Column<Row> => ({
      id: name,
      header: header(name),
      width: WIDTHS[name] ?? 130,
      end: RIGHT.has(name),
      cell: (row) => (name === 'product' ? <Product row={row} /> : shown(name, row[name])),
    }),
  );
  const verdict: Column<Row> = {
    id: 'outcome',
    header: t('imports.verdict'),
    width: 130,
    cell: (row) => <Verdict row={row} />,
  };
  return (
    <section className={panel.panel} aria-label={t('imports.view_rows')}>
      <div className={panel.head}>
        <h2>{t('imports.preview')}</h2>
        <Text size="xs" c="dimmed">
          {t('imports.preview_lead', { shown: job.preview.length, rows: format.quantity(job.rows) })}
        </Text>
      </div>
      <PlainTable
        label={t('imports.preview')}
        rows={job.preview}
        rowKey={(row) => String(row.line)}
        columns={[...figures, verdict]}
      />
    </section>
  );
}

function Product({ row }: { row: Row }) {
  const t = useT();
  return (
    <Group gap={6} wrap="nowrap">
      <span className={panel.ellipsis} title={String(row.product ?? '')}>
        {String(row.product ?? '') || '–'}
      </span>
      {row.is_new === true && row.outcome !== 'failed' && <Badge tone="info">{t('imports.is_new')}</Badge>}
    </Group>
  );
}

function Verdict({ row }: { row: Row }) {
  const t = useT();
  const reason = String(row.reason ?? '');
  if (row.outcome === 'failed' || row.outcome === 'skipped') {
    return (
      <span title={reason}>
        <Badge tone={row.outcome === 'failed' ? 'bad' : 'warn'}>{t(`imports.outcome_${row.outcome}`)}</Badge>
      </span>
    );
  }
  return <Badge tone="good">{t('imports.outcome_good')}</Badge>;
}
