'use client';

import { Button, Group, Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { Badge, type Tone } from '@/components/badge';
import { Check } from '@/components/check';
import panel from '@/components/panel.module.css';
import { ProductName } from '@/components/product-name';
import { SeverityBadge } from '@/components/severity';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import type { Pages } from '@/lib/pages';
import { useSession } from '@/lib/session';
import { type Alert, type AlertStatus, type Grouped, isGoingOn, isShortage } from './queries';

type Props = {
  list: Pages<Alert>;
  rows: Grouped[];
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
  const { list, rows, empty } = props;
  const t = useT();
  const columns = useColumns(props);
  const shown = useMemo(() => ({ ...list, rows: list.rows && rows }), [list, rows]);
  return (
    <DataTable
      label={t('nav.alerts')}
      list={shown as unknown as Pages<Grouped>}
      columns={columns}
      rowKey={(alert) => alert.id}
      empty={empty}
      card={(alert) => <Card alert={alert} {...props} />}
    />
  );
}

function useColumns(props: Props): Column<Grouped>[] {
  const { rows, withStore, over, chosen, onChoose, onOpen, onOrder } = props;
  const t = useT();
  const { format, storeOf } = useSession();
  return useMemo(() => {
    const all = rows.length > 0 && rows.every(({ id }) => chosen?.has(id));
    const choose: Column<Grouped> = {
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
        header: withStore ? t('restock.product_for') : t('field.product'),
        width: 230,
        cell: (alert: Alert) => <Product alert={alert} withStore={withStore} />,
      },
      {
        id: 'what',
        header: t('alerts.what'),
        cell: (alert: Grouped) => <What alert={alert} onOpen={onOpen} />,
      },
      {
        id: 'status',
        header: t('field.status'),
        width: 124,
        cell: (alert: Alert) => (
          <div style={{ lineHeight: 1.3 }}>
            <AlertState alert={alert} />
            {alert.assignee && <span className={`${panel.small} ${panel.ellipsis}`}>{alert.assignee}</span>}
          </div>
        ),
      },
      {
        id: 'since',
        header: over ? t('alerts.closed') : t('alerts.since'),
        width: 142,
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
  }, [t, format, storeOf, rows, withStore, over, chosen, onChoose, onOpen, onOrder]);
}

function Product({ alert, withStore }: { alert: Alert; withStore: boolean }) {
  const place = withStore ? `${alert.store_name} · ${alert.sku}` : alert.sku;
  return <ProductName id={alert.product} name={alert.product_name} sku={place} />;
}

/** What is wrong, in a sentence that leads to all of it; what else is wrong with the same shelf stands below. */
function What({ alert, onOpen }: { alert: Grouped; onOpen: (alert: Alert) => void }) {
  const t = useT();
  const also = [...new Set(alert.others.map(({ kind }) => t(`alert.${kind}`)))].join(', ');
  return (
    <div style={{ lineHeight: 1.3, minWidth: 0 }}>
      <button type="button" className={panel.opens} title={alert.sentence} onClick={() => onOpen(alert)}>
        {alert.sentence}
      </button>
      {also && (
        <span className={`${panel.small} ${panel.ellipsis}`} title={also}>
          {t('alerts.also', { kind: also })}
        </span>
      )}
    </div>
  );
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

function Card({ alert, withStore, chosen, onChoose, onOpen, onOrder }: Props & { alert: Grouped }) {
  const t = useT();
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      {chosen && <Choose alert={alert} chosen={chosen} onChoose={onChoose} />}
      <div style={{ minWidth: 0, flex: 1 }}>
        <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
          <Product alert={alert} withStore={withStore} />
          <SeverityBadge severity={alert.severity} />
        </Group>
        <Text size="sm" mt={6}>
          {alert.sentence}
        </Text>
        <button type="button" className="linklike" onClick={() => onOpen(alert)}>
          {alert.others.length > 0 ? t('alerts.more', { count: alert.others.length }) : t('alerts.look')}
        </button>
        <Group justify="space-between" mt={6}>
          <AlertState alert={alert} />
          <Act alert={alert} onOrder={onOrder} onOpen={onOpen} />
        </Group>
      </div>
    </Group>
  );
}
