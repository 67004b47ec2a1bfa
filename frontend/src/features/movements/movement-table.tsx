'use client';

import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useMemo, useState } from 'react';
import { ProductName } from '@/components/product-name';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import type { Pages } from '@/lib/pages';
import { useSession } from '@/lib/session';
import { KindBadge, StateBadge } from './kind';
import { isReversible, type Movement } from './queries';

const ReverseDialog = dynamic(() => import('./reverse').then((module) => module.ReverseDialog), {
  ssr: false,
});

type Props = { list: Pages<Movement>; empty: ReactNode; withStore: boolean; withProduct?: boolean };

function useColumns(withStore: boolean, withProduct: boolean, onReverse: (one: Movement) => void) {
  const t = useT();
  const { format, storeOf } = useSession();
  return useMemo<Column<Movement>[]>(() => {
    const product: Column<Movement> = {
      id: 'product',
      header: t('field.product'),
      cell: (one) => <ProductName id={one.product} name={one.product_name} sku={one.sku} />,
    };
    return [
      {
        id: 'when',
        header: t('field.when'),
        width: 156,
        cell: (one) => {
          const zone = storeOf(one.store)?.time_zone;
          return (
            <span title={format.timeLong(one.effective_at, zone)}>{format.time(one.effective_at, zone)}</span>
          );
        },
      },
      {
        id: 'kind',
        header: t('field.kind'),
        width: 152,
        cell: (one) => <KindBadge kind={one.movement_type} />,
      },
      ...(withProduct ? [product] : []),
      ...(withStore
        ? [{ id: 'store', header: t('field.store'), width: 170, cell: (one: Movement) => one.store_name }]
        : []),
      {
        id: 'change',
        header: t('field.change'),
        width: 96,
        end: true,
        cell: (one) => <Change movement={one} />,
      },
      {
        id: 'after',
        header: t('field.balance'),
        width: 96,
        end: true,
        cell: (one) => format.quantity(one.balance_after),
      },
      {
        id: 'note',
        header: t('field.note'),
        ...(withProduct ? { width: 220 } : {}),
        cell: (one) => <Note movement={one} />,
      },
      {
        id: 'act',
        header: t('field.actions'),
        quiet: true,
        width: 52,
        end: true,
        cell: (one) => (isReversible(one) ? <ReverseButton onClick={() => onReverse(one)} /> : null),
      },
    ];
  }, [t, format, storeOf, withStore, withProduct, onReverse]);
}

/** The ledger, newest first. */
export function MovementTable({ list, empty, withStore, withProduct = true }: Props) {
  const t = useT();
  const { format, storeOf } = useSession();
  const [reversing, setReversing] = useState<Movement | null>(null);
  const columns = useColumns(withStore, withProduct, setReversing);
  return (
    <>
      <DataTable
        label={t('nav.movements')}
        list={list}
        columns={columns}
        rowKey={(one) => one.id}
        empty={empty}
        card={(one) => (
          <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
            <div style={{ minWidth: 0 }}>
              {withProduct && <ProductName id={one.product} name={one.product_name} sku={one.sku} />}
              <Group gap={8} mt={4}>
                <KindBadge kind={one.movement_type} />
                <StateBadge movement={one} />
              </Group>
              <Text size="xs" c="dimmed" mt={4}>
                {format.time(one.effective_at, storeOf(one.store)?.time_zone)}
                {withStore && ` · ${one.store_name}`}
              </Text>
            </div>
            <Group gap={4} wrap="nowrap">
              <Text fw={600} className="figures">
                <Change movement={one} />
              </Text>
              {isReversible(one) && <ReverseButton onClick={() => setReversing(one)} />}
            </Group>
          </Group>
        )}
      />
      {reversing && <ReverseDialog movement={reversing} onClose={() => setReversing(null)} />}
    </>
  );
}

function ReverseButton({ onClick }: { onClick: () => void }) {
  const t = useT();
  return (
    <Tooltip label={t('reverse.open')}>
      <ActionIcon variant="subtle" color="gray" aria-label={t('reverse.open')} onClick={onClick}>
        <Undo2 size={16} color="var(--soft)" aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function Change({ movement }: { movement: Movement }) {
  const { format } = useSession();
  const refused = movement.status === 'rejected';
  const colour = refused ? 'var(--soft)' : movement.delta > 0 ? 'var(--good)' : 'var(--ink)';
  return (
    <span style={{ color: colour, textDecoration: refused ? 'line-through' : undefined }}>
      {format.change(movement.delta)}
    </span>
  );
}

function Note({ movement }: { movement: Movement }) {
  const words = [movement.reference, movement.reason || movement.note].filter(Boolean).join(' · ');
  return (
    <span title={words}>
      <StateBadge movement={movement} /> <span className="soft">{words}</span>
    </span>
  );
}
