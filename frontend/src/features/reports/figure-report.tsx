'use client';

import { Group, SimpleGrid, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Empty } from '@/components/feedback';
import { Kpi } from '@/components/kpi';
import panel from '@/components/panel.module.css';
import { ProductName } from '@/components/product-name';
import { type Column, DataTable } from '@/components/table/data-table';
import { PlainTable } from '@/components/table/plain-table';
import { useT, type Words } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import type { Params } from '@/lib/url';
import { type By, LABELLED } from './definitions';
import css from './gallery.module.css';
import { type Figure, type FigureReport as Report, type Row, useReport } from './queries';

const DAY = /^\d{4}-\d\d-\d\d$/;
const MANY = 6;
const ON_A_CARD = 4;

/** How a figure is written: money in the row's own currency, dates as dates. */
function useShown(): (figure: Figure, row: Row) => string {
  const { format } = useSession();
  return (figure, row) => {
    const value = row[figure.name];
    if (value == null || value === '') return '–';
    if (typeof value === 'string') return DAY.test(value) ? format.day(value) : value;
    if (figure.unit === 'money') return format.money(value, String(row.currency));
    if (figure.unit === 'percent') return format.share(value);
    return format.quantity(value);
  };
}

/** A report of figures: the answer names its own columns, with what each of them means. */
export function FigureReport({ path, params }: { path: string; params: Params }) {
  const t = useT();
  const { format } = useSession();
  const { list, first } = useReport<Report>(path, params);
  const meta = first?.meta;
  const period = meta?.period && `${format.day(meta.period.first_day)} – ${format.day(meta.period.last_day)}`;
  const asOf = meta?.as_of && t('reports.at_end_of', { day: format.day(meta.as_of) });
  const facts = meta && [period, asOf, t('reports.computed', { time: format.time(meta.computed_at) })];
  return (
    <>
      {first && <Totals report={first} />}
      {facts && (
        <Text size="sm" c="dimmed" className="figures">
          {[...facts, meta.note].filter(Boolean).join(' · ')}
        </Text>
      )}
      {meta && <Meanings figures={meta.figures} />}
      <Rows list={list} figures={meta?.figures ?? []} by={(meta?.by ?? String(params.by)) as By} />
    </>
  );
}

/** Over all rows, not only those that were scrolled to. */
function Totals({ report }: { report: Report }) {
  const t = useT();
  const shown = useShown();
  const { totals, meta } = report;
  const [total] = totals;
  if (!total) return null;
  const added = meta.figures.filter(({ name }) => name in total && total[name] !== null);
  if (totals.length === 1) {
    return (
      <SimpleGrid cols={{ base: 2, md: 3, xl: MANY }} spacing={{ base: 'xs', sm: 'md' }}>
        {added.slice(0, MANY).map((figure) => (
          <Kpi key={figure.name} name={figure.label} value={shown(figure, total)} />
        ))}
      </SimpleGrid>
    );
  }
  return (
    <section className={panel.panel} aria-label={t('reports.totals')}>
      <div className={panel.head}>
        <h2>{t('reports.totals')}</h2>
      </div>
      <PlainTable
        label={t('reports.totals')}
        rows={totals}
        rowKey={(row) => String(row.currency)}
        columns={[
          { id: 'currency', header: t('field.currency'), width: 100, cell: (row) => row.currency },
          ...added.map(
            (figure): Column<Row> => ({
              id: figure.name,
              header: figure.label,
              width: 150,
              end: true,
              cell: (row) => shown(figure, row),
            }),
          ),
        ]}
      />
    </section>
  );
}

/** The names of what a row is about, in the order of the report. */
function nameColumns(by: By, header: (name: string) => string): Column<Row>[] {
  const withProduct = LABELLED[by].includes('product');
  return LABELLED[by].map((name) => ({
    id: name,
    header: header(name),
    width: name === 'product' ? 200 : 130,
    cell: (row) =>
      name === 'product' && withProduct && row.product_id != null ? (
        <ProductName id={Number(row.product_id)} name={String(row.product)} sku={String(row.sku)} />
      ) : (
        String(row[name] ?? '–')
      ),
  }));
}

type RowsProps = { list: ReturnType<typeof useReport>['list']; figures: Figure[]; by: By };

function Rows({ list, figures, by }: RowsProps) {
  const t = useT();
  const shown = useShown();
  const columns = useMemo<Column<Row>[]>(
    () => [
      ...nameColumns(by, (name) => t(`reports.name_${name}` as Words)),
      ...figures.map((figure): Column<Row> => {
        const isWord = figure.unit === 'text';
        return {
          id: figure.name,
          header: figure.label,
          hint: figure.formula,
          width: figure.name === 'reason' ? 360 : 126,
          end: !isWord,
          cell: (row) => <span title={isWord ? shown(figure, row) : undefined}>{shown(figure, row)}</span>,
        };
      }),
    ],
    [by, figures, shown, t],
  );
  const [subject, ...others] = LABELLED[by];
  return (
    <DataTable
      label={t('nav.reports')}
      list={list}
      columns={columns}
      wide
      rowKey={(row) => LABELLED[by].map((name) => row[`${name}_id`] ?? row[name]).join('-') + row.currency}
      empty={<Empty title={t('reports.nothing')}>{t('reports.nothing_lead')}</Empty>}
      card={(row) => (
        <>
          <Text size="sm" fw={600}>
            {String(row[subject ?? ''] ?? '–')}
          </Text>
          <Text size="xs" c="dimmed">
            {[row.sku, ...others.map((name) => row[name])].filter(Boolean).join(' · ')}
          </Text>
          <Group gap="lg" mt={6}>
            {figures.slice(0, ON_A_CARD).map((figure) => (
              <div key={figure.name}>
                <Text size="xs" c="dimmed">
                  {figure.label}
                </Text>
                <Text size="sm" className="figures">
                  {shown(figure, row)}
                </Text>
              </div>
            ))}
          </Group>
        </>
      )}
    />
  );
}

function Meanings({ figures }: { figures: Figure[] }) {
  const t = useT();
  return (
    <details className={css.meanings}>
      <summary>{t('reports.meanings')}</summary>
      <dl>
        {figures.map(({ name, label, formula }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{formula}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
