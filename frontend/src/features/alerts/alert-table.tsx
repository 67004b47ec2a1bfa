'use client';

import { Button, Group, Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { Badge, type Tone } from '@/components/badge';
import { Check } from '@/components/check';
import { ProductName } from '@/components/product-name';
import { SeverityBadge } from '@/components/severity';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import type { Pages } from '@/lib/pages';
import { useSession } from '@/lib/session';
import { type Alert, type AlertStatus, isGoingOn, isShortage } from './queries';

type Props = {
  list: Pages<Alert>;
  empty: ReactNode;
  withStore: boolean;
  over: boolean;
  /** Left out for who may only look. */
  chosen?: ReadonlySet<number> | undefined;
  onChoose: (ids: ReadonlySet<number>) => void;
  onOpen: (alert: Alert) => void;
  onOrder?: ((alert: Alert) => void) | undefined;
};

const TONES: Record<AlertStatus, Tone> = {
  open: 'warn',
  acknowledged: 'info',
  snoozed: 'plain',
  resolved: 'good',
};

export function AlertState({ alert }: { alert: Pick<Alert, 'status'> }) {
  const t = useT();
  return <Badge tone={TONES[alert.status]}>{t(`alerts.is_${alert.status}`)}</Badge>;
}

export function AlertTable(props: Props) {
  const { list, empty } = props;
  const t = useT();
  const columns = useColumns(props);
  return (
    <DataTable
      label={t('nav.alerts')}
      list={list}
      columns={columns}
      rowKey={(alert) => alert.id}
      empty={empty}
      card={(alert) => <Card alert={alert} {...props} />}
    />
  );
}

function useColumns(props: Props): Column<Alert>[] {
  const { list, withStore, over, chosen, onChoose, onOpen, onOrder } = props;
  const t = useT();
  const { format, storeOf } = useSession();
  return useMemo(() => {
    const rows = list.rows ?? [];
    const all = rows.length > 0 && rows.every(({ id }) => chosen?.has(id));
    const choose: Column<Alert> = {
      id: 'choose',
      header: t('restock.choose_all'),
      width: 48,
      head: (
        <Check
          label={t('restock.choose_all')}
          checked={all}
          partly={!all && rows.some(({ id }) => chosen?.has(id))}
          onChange={(yes) => onChoose(new Set(yes ? rows.map(({ id }) => id) : []))}
        />
      ),
      cell: (alert) => <Choose alert={alert} chosen={chosen} onChoose={onChoose} />,
    };
    return [
      ...(chosen ? [choose] : []),
      {
        id: 'severity',
        header: t('restock.urgency'),
        width: 92,
        cell: (alert: Alert) => <SeverityBadge severity={alert.severity} />,
      },
      {
        id: 'product',
        header: t('field.product'),
        width: 230,
        cell: (alert: Alert) => <ProductName id={alert.product} name={alert.product_name} sku={alert.sku} />,
      },
      ...(withStore
        ? [{ id: 'store', header: t('field.store'), width: 140, cell: (alert: Alert) => alert.store_name }]
        : []),
      {
        id: 'what',
        header: t('alerts.what'),
        cell: (alert: Alert) => (
          <button type="button" className="linklike" title={alert.sentence} onClick={() => onOpen(alert)}>
            {alert.sentence}
          </button>
        ),
      },
      {
        id: 'status',
        header: t('field.status'),
        width: 120,
        cell: (alert: Alert) => <AlertState alert={alert} />,
      },
      { id: 'whose', header: t('alerts.whose'), width: 110, cell: (alert: Alert) => alert.assignee || '–' },
      {
        id: 'since',
        header: over ? t('alerts.closed') : t('alerts.since'),
        width: 122,
        end: true,
        cell: (alert: Alert) => (
          <span className="soft">
            {format.time(
              over ? (alert.closed_at ?? alert.updated_at) : alert.opened_at,
              storeOf(alert.store)?.time_zone,
            )}
          </span>
        ),
      },
      ...(onOrder && !over
        ? [
            {
              id: 'act',
              header: t('field.actions'),
              quiet: true,
              width: 124,
              end: true,
              cell: (alert: Alert) => <Act alert={alert} onOrder={onOrder} onOpen={onOpen} />,
            },
          ]
        : []),
    ];
  }, [t, format, storeOf, list.rows, withStore, over, chosen, onChoose, onOpen, onOrder]);
}

function Choose({ alert, chosen, onChoose }: { alert: Alert } & Pick<Props, 'chosen' | 'onChoose'>) {
  const t = useT();
  return (
    <Check
      label={t('restock.choose', { product: alert.product_name, store: alert.store_name })}
      checked={chosen?.has(alert.id) ?? false}
      onChange={(yes) => {
        const next = new Set(chosen);
        if (yes) next.add(alert.id);
        else next.delete(alert.id);
        onChoose(next);
      }}
    />
  );
}

/** The next step: order what is short; look at what there is too much of. */
function Act({ alert, onOrder, onOpen }: { alert: Alert } & Pick<Props, 'onOrder' | 'onOpen'>) {
  const t = useT();
  const { format } = useSession();
  if (!isGoingOn(alert)) return null;
  if (onOrder && isShortage(alert) && alert.quantity > 0) {
    return (
      <Button
        size="compact-sm"
        variant={alert.severity === 'critical' ? 'filled' : 'default'}
        onClick={() => onOrder(alert)}
      >
        {t('alerts.order', { quantity: format.quantity(alert.quantity) })}
      </Button>
    );
  }
  return (
    <Button size="compact-sm" variant="default" onClick={() => onOpen(alert)}>
      {t('alerts.look')}
    </Button>
  );
}

function Card({ alert, withStore, chosen, onChoose, onOpen, onOrder }: Props & { alert: Alert }) {
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      {chosen && <Choose alert={alert} chosen={chosen} onChoose={onChoose} />}
      <div style={{ minWidth: 0, flex: 1 }}>
        <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
          <ProductName
            id={alert.product}
            name={alert.product_name}
            sku={withStore ? `${alert.sku} · ${alert.store_name}` : alert.sku}
          />
          <SeverityBadge severity={alert.severity} />
        </Group>
        <Text size="sm" mt={6} style={{ whiteSpace: 'normal' }}>
          {alert.sentence}
        </Text>
        <Group justify="space-between" mt={6}>
          <AlertState alert={alert} />
          <Act alert={alert} onOrder={onOrder} onOpen={onOpen} />
        </Group>
      </div>
    </Group>
  );
}
