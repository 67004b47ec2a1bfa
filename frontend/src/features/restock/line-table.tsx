'use client';

import { ActionIcon, Group, Text } from '@mantine/core';
import { CircleHelp } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Badge } from '@/components/badge';
import { Check } from '@/components/check';
import { ProductName } from '@/components/product-name';
import { SeverityBadge } from '@/components/severity';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import type { Pages } from '@/lib/pages';
import { useSession } from '@/lib/session';
import { Cover, Origin, QuantityField } from './cells';
import { costOf, type Line, quantityOf, severityOf } from './lines';

export type Selection = {
  has: (id: number) => boolean;
  set: (lines: Line[], chosen: boolean) => void;
};

type Props = {
  list: Pages<Line>;
  lines: Line[];
  empty: ReactNode;
  withStore: boolean;
  /** Left out for who may only look, and for lines that were decided about. */
  selection?: Selection | undefined;
  onQuantity?: ((line: Line, quantity: number | null) => void) | undefined;
  onWhy: (line: Line) => void;
};

export const isOrderable = (line: Line): boolean => line.source === 'transfer' || line.supplier !== null;

export function LineTable(props: Props) {
  const { list, lines, empty } = props;
  const t = useT();
  const columns = useColumns(props);
  const shown = useMemo(() => ({ ...list, rows: list.rows && lines }), [list, lines]);
  return (
    <DataTable
      label={t('nav.restock')}
      list={shown as Pages<Line>}
      columns={columns}
      rowKey={(line) => line.id}
      empty={empty}
      card={(line) => <Card line={line} {...props} />}
    />
  );
}

function useColumns({ lines, withStore, selection, onQuantity, onWhy }: Props): Column<Line>[] {
  const t = useT();
  const { format, caller } = useSession();
  return useMemo(() => {
    const orderable = lines.filter(isOrderable);
    const count = orderable.filter(({ id }) => selection?.has(id)).length;
    const choose: Column<Line> = {
      id: 'choose',
      header: t('restock.choose_all'),
      width: 48,
      head: (
        <Check
          label={t('restock.choose_all')}
          checked={count > 0 && count === orderable.length}
          partly={count > 0 && count < orderable.length}
          onChange={(chosen) => selection?.set(orderable, chosen)}
        />
      ),
      cell: (line) => <Choose line={line} selection={selection} />,
    };
    const cost: Column<Line> = {
      id: 'cost',
      header: t('restock.cost'),
      width: 104,
      end: true,
      cell: (line) =>
        line.source === 'buy' ? format.money(costOf(line), caller.organization.currency) : '–',
    };
    return [
      ...(selection ? [choose] : []),
      {
        id: 'severity',
        header: t('restock.urgency'),
        width: 96,
        cell: (line: Line) => <SeverityBadge severity={severityOf(line)} />,
      },
      {
        id: 'product',
        header: withStore ? t('restock.product_for') : t('field.product'),
        cell: (line: Line) => <Product line={line} withStore={withStore} />,
      },
      {
        id: 'have',
        header: t('restock.have'),
        width: 96,
        end: true,
        cell: (line: Line) => format.quantity(Math.round(line.inventory_position * 10) / 10),
      },
      {
        id: 'cover',
        header: t('restock.lasts'),
        width: 116,
        end: true,
        cell: (line: Line) => <Cover line={line} />,
      },
      {
        id: 'quantity',
        header: t('restock.order'),
        width: 132,
        end: true,
        cell: (line: Line) =>
          onQuantity ? (
            <QuantityField line={line} onChange={(quantity) => onQuantity(line, quantity)} />
          ) : (
            <Decided line={line} />
          ),
      },
      { id: 'origin', header: t('field.from'), width: 172, cell: (line: Line) => <Origin line={line} /> },
      ...(caller.sees_costs ? [cost] : []),
      {
        id: 'why',
        header: t('restock.why'),
        quiet: true,
        width: 52,
        end: true,
        cell: (line: Line) => <Why line={line} onWhy={onWhy} />,
      },
    ];
  }, [t, format, caller, lines, withStore, selection, onQuantity, onWhy]);
}

function Product({ line, withStore }: { line: Line; withStore: boolean }) {
  const place = withStore ? `${line.store_name} · ${line.sku}` : line.sku;
  return <ProductName id={line.product} name={line.product_name} sku={place} />;
}

function Choose({ line, selection }: { line: Line; selection: Selection | undefined }) {
  const t = useT();
  return (
    <Check
      label={t('restock.choose', { product: line.product_name, store: line.store_name })}
      checked={selection?.has(line.id) ?? false}
      disabled={!isOrderable(line)}
      onChange={(chosen) => selection?.set([line], chosen)}
    />
  );
}

/** What became of the line, where nothing is to be decided any more. */
function Decided({ line }: { line: Line }) {
  const t = useT();
  const { format } = useSession();
  if (line.status === 'snoozed') {
    return <>{t('restock.until', { day: line.snoozed_until ? format.day(line.snoozed_until) : '–' })}</>;
  }
  if (line.status === 'dismissed') return <Badge>{t('restock.skipped')}</Badge>;
  return <>{format.quantity(line.accepted ?? quantityOf(line))}</>;
}

function Why({ line, onWhy }: { line: Line; onWhy: (line: Line) => void }) {
  const t = useT();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={t('restock.why_of', { product: line.product_name })}
      title={t('restock.why')}
      onClick={() => onWhy(line)}
    >
      <CircleHelp size={17} color="var(--soft)" aria-hidden />
    </ActionIcon>
  );
}

function Card({ line, withStore, selection, onQuantity, onWhy }: Props & { line: Line }) {
  const t = useT();
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      {selection && <Choose line={line} selection={selection} />}
      <div style={{ minWidth: 0, flex: 1 }}>
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Product line={line} withStore={withStore} />
          {onQuantity ? (
            <QuantityField line={line} onChange={(quantity) => onQuantity(line, quantity)} />
          ) : (
            <Decided line={line} />
          )}
        </Group>
        <Group gap={8} mt={6} justify="space-between" wrap="nowrap">
          <Group gap={8} wrap="nowrap">
            <SeverityBadge severity={severityOf(line)} />
            <Text component="div" size="xs">
              <Cover line={line} />
            </Text>
          </Group>
          <Text component="div" size="xs" c="dimmed" style={{ minWidth: 0 }}>
            <Origin line={line} />
          </Text>
        </Group>
        <button type="button" className="linklike" onClick={() => onWhy(line)}>
          {t('restock.why')}
        </button>
      </div>
    </Group>
  );
}
