'use client';

import { Button, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Badge } from '@/components/badge';
import { Empty } from '@/components/feedback';
import { ProductName } from '@/components/product-name';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { type Count, type CountEntry, useEntries, useVoid } from './queries';
import { isOpen } from './state';

/** What was entered, newest first. A mistake is taken back and entered again; both stay on record. */
export function Entries({ count }: { count: Count }) {
  const t = useT();
  const { format, storeOf } = useSession();
  const list = useEntries(count.id);
  const { mutate: takeBack } = useVoid(count.id);
  const zone = storeOf(count.store)?.time_zone;
  const mayTakeBack = isOpen(count.state);
  const columns = useMemo<Column<CountEntry>[]>(
    () => [
      {
        id: 'product',
        header: t('field.product'),
        cell: (entry) => <ProductName id={entry.product} name={entry.product_name} sku={entry.sku} />,
      },
      {
        id: 'quantity',
        header: t('field.quantity'),
        width: 110,
        end: true,
        cell: (entry) => <Quantity entry={entry} />,
      },
      { id: 'place', header: t('count.place'), width: 150, cell: (entry) => entry.place || '–' },
      { id: 'who', header: t('count.counter'), width: 150, cell: (entry) => entry.counter },
      {
        id: 'at',
        header: t('count.counted_at'),
        width: 160,
        end: true,
        cell: (entry) => <span className="soft">{format.time(entry.counted_at, zone)}</span>,
      },
      {
        id: 'void',
        header: t('field.actions'),
        quiet: true,
        width: 130,
        end: true,
        cell: (entry) => mayTakeBack && <TakeBack entry={entry} onTake={takeBack} />,
      },
    ],
    [t, format, zone, mayTakeBack, takeBack],
  );
  return (
    <DataTable
      label={t('count.view_entries')}
      list={list}
      columns={columns}
      rowKey={(entry) => entry.id}
      empty={<Empty title={t('count.no_entries')} />}
      card={(entry) => (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <ProductName
            id={entry.product}
            name={entry.product_name}
            sku={[entry.sku, entry.place].filter(Boolean).join(' · ')}
          />
          <Group gap="xs" wrap="nowrap">
            <Text size="sm" fw={560} component="span">
              <Quantity entry={entry} />
            </Text>
            {mayTakeBack && <TakeBack entry={entry} onTake={takeBack} />}
          </Group>
        </Group>
      )}
    />
  );
}

function Quantity({ entry }: { entry: CountEntry }) {
  const t = useT();
  const { format } = useSession();
  if (!entry.voided_at) return <span className="figures">{format.quantity(entry.quantity)}</span>;
  return (
    <>
      <s className="soft figures">{format.quantity(entry.quantity)}</s> <Badge>{t('count.voided')}</Badge>
    </>
  );
}

export function TakeBack({ entry, onTake }: { entry: CountEntry; onTake: (id: number) => void }) {
  const t = useT();
  const { caller } = useSession();
  if (entry.voided_at || (caller.role === 'staff' && entry.counter !== caller.username)) return null;
  return (
    <Button size="compact-sm" variant="subtle" onClick={() => onTake(entry.id)}>
      {t('count.take_back')}
    </Button>
  );
}
