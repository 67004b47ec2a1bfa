'use client';

import { Button, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Badge } from '@/components/badge';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { ProductName } from '@/components/product-name';
import { type Column, DataTable } from '@/components/table/data-table';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { type Count, type CountLine, type LineStatus, useCountStep, useLines } from './queries';

const PLAIN: LineStatus[] = ['uncounted', 'counted', 'recounting', 'added'];
const COMPARED: LineStatus[] = ['variance', 'outside_tolerance', 'moved'];

function Variance({ line }: { line: CountLine }) {
  const { format } = useSession();
  if (line.variance == null || line.variance === 0) return format.change(line.variance);
  const colour = line.within_tolerance ? 'var(--warn)' : 'var(--bad)';
  return <span style={{ color: colour, fontWeight: 600 }}>{format.change(line.variance)}</span>;
}

/** The lines of a count: what was counted and, for who may see it, what the ledger says of that moment. */
export function Lines({ count }: { count: Count }) {
  const t = useT();
  const { caller, format } = useSession();
  const { get, set } = useUrl();
  const manages = mayAct(caller, 'manager');
  const compares = manages || !count.blind || count.state === 'posted';
  const statuses = compares ? [...COMPARED, ...PLAIN] : PLAIN;
  const status = statuses.find((one) => one === get('status')) ?? '';
  const list = useLines(count.id, status);
  const columns = useColumns(count, compares, manages);
  return (
    <>
      <Group gap="sm">
        <Tabs
          label={t('count.view_lines')}
          value={status || 'all'}
          options={(['all', ...statuses] as const).map((value) => ({
            value,
            label: t(`count.line_${value}`),
          }))}
          onChange={(next) => set({ status: next === 'all' ? null : next })}
        />
        <Download path={`/api/counts/${count.id}/lines/`} filters={{ status }} />
      </Group>
      <DataTable
        label={t('count.view_lines')}
        list={list}
        columns={columns}
        rowKey={(line) => line.id}
        empty={
          <Empty title={t(status ? 'count.no_such_line' : 'count.no_lines')}>
            {!status && count.state === 'planned' ? t('count.lines_later') : null}
          </Empty>
        }
        card={(line) => (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <div style={{ minWidth: 0 }}>
              <ProductName id={line.product} name={line.product_name} sku={line.sku} />
              {line.recounting && <Badge tone="info">{t('count.line_recounting')}</Badge>}
            </div>
            <Text size="sm" ta="end" className="figures" component="div">
              <b>{format.quantity(line.counted)}</b>
              {line.variance != null && (
                <div>
                  <Variance line={line} />
                </div>
              )}
            </Text>
          </Group>
        )}
      />
    </>
  );
}

function useColumns(count: Count, compares: boolean, manages: boolean): Column<CountLine>[] {
  const t = useT();
  const { format, storeOf } = useSession();
  const step = useCountStep(count.id);
  const recount = step.mutate;
  const zone = storeOf(count.store)?.time_zone;
  const mayRecount = manages && (count.state === 'counted' || count.state === 'recount');
  return useMemo(() => {
    const number = (id: string, header: string, value: (line: CountLine) => number | null | undefined) => ({
      id,
      header,
      width: 104,
      end: true,
      cell: (line: CountLine) => format.quantity(value(line)),
    });
    const variance: Column<CountLine> = {
      id: 'variance',
      header: t('count.variance'),
      width: 104,
      end: true,
      cell: (line) => <Variance line={line} />,
    };
    const again: Column<CountLine> = {
      id: 'again',
      header: t('field.actions'),
      quiet: true,
      width: 130,
      end: true,
      cell: (line) =>
        line.recounting ? (
          <Badge tone="info">{t('count.line_recounting')}</Badge>
        ) : (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => recount({ verb: 'recount', body: { products: [line.product] } })}
          >
            {t('count.recount_one')}
          </Button>
        ),
    };
    return [
      {
        id: 'product',
        header: t('field.product'),
        cell: (line) => <ProductName id={line.product} name={line.product_name} sku={line.sku} />,
      },
      number('counted', t('count.counted_units'), (line) => line.counted),
      ...(compares
        ? [
            number('book', t('count.book'), (line) => line.book),
            variance,
            number('moved', t('count.moved'), (line) => line.moved),
          ]
        : []),
      {
        id: 'at',
        header: t('count.counted_at'),
        width: 160,
        end: true,
        cell: (line) => <span className="soft">{format.time(line.counted_at, zone)}</span>,
      },
      ...(mayRecount ? [again] : []),
    ];
  }, [t, format, zone, compares, mayRecount, recount]);
}
