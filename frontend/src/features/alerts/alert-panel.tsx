'use client';

import { Button, Drawer, Group, Select, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import { type Fact, Facts } from '@/components/facts';
import { Failed, reasons } from '@/components/feedback';
import css from '@/components/panel.module.css';
import { SeverityBadge } from '@/components/severity';
import { useT, type Words } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { AlertState } from './alert-table';
import {
  type Alert,
  type AlertDetail,
  isGoingOn,
  isShortage,
  type Step,
  useAlert,
  useColleagues,
  useStep,
} from './queries';

const A_DAY = 86_400_000;
const LATER = [1, 7, 30] as const;

type Props = {
  id: number;
  /** The other alerts about the same shelf, and how to look at one of them. */
  beside: (alert: Alert) => Alert[];
  onShow: (id: number) => void;
  onClose: () => void;
  onOrder?: ((alert: Alert) => void) | undefined;
};

/** One alert: what is wrong, what to do about it, and what became of it so far. */
export function AlertPanel({ id, beside, onShow, onClose, onOrder }: Props) {
  const t = useT();
  const alert = useAlert(id);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={t('alerts.one')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {alert.data ? (
        <Shown alert={alert.data} others={beside(alert.data)} onShow={onShow} onOrder={onOrder} />
      ) : alert.error ? (
        <Failed error={alert.error} retry={() => void alert.refetch()} />
      ) : (
        <Skeleton height={420} />
      )}
    </Drawer>
  );
}

type ShownProps = Pick<Props, 'onShow' | 'onOrder'> & { alert: AlertDetail; others: Alert[] };

function Shown({ alert, others, onShow, onOrder }: ShownProps) {
  const t = useT();
  const { query } = useUrl();
  const { caller } = useSession();
  const product = href('/products/', query, { id: String(alert.product) });
  const acts = mayAct(caller, 'manager') && isGoingOn(alert);
  return (
    <Stack gap="lg">
      <div>
        <Group gap={8} mb={4}>
          <SeverityBadge severity={alert.severity} />
          <AlertState alert={alert} />
          <Text size="xs" c="dimmed">
            {alert.sku} · {alert.store_name}
          </Text>
        </Group>
        <Title order={2} size="h4">
          <Link href={product} className={css.plain}>
            {alert.product_name}
          </Link>
        </Title>
        <Text mt={6}>{alert.sentence}</Text>
        {others.map((other) => (
          <div key={other.id}>
            <button type="button" className="linklike" onClick={() => onShow(other.id)}>
              {t('alerts.also', { kind: t(`alert.${other.kind}`) })}
            </button>
          </div>
        ))}
      </div>
      {acts && (
        <Group gap="xs">
          {onOrder && isShortage(alert) && alert.quantity > 0 && (
            <Button onClick={() => onOrder(alert)}>{t('alerts.order_now')}</Button>
          )}
          <Button component={Link} variant={isShortage(alert) ? 'default' : 'filled'} href={product}>
            {t(isShortage(alert) ? 'alerts.stock_elsewhere' : 'alerts.move_it')}
          </Button>
        </Group>
      )}
      <Figures alert={alert} />
      {acts && <Steps alert={alert} />}
      <History alert={alert} />
    </Stack>
  );
}

function Figures({ alert }: { alert: AlertDetail }) {
  const t = useT();
  const { format, caller, storeOf } = useSession();
  const round = (value: number | null) =>
    format.quantity(value === null ? null : Math.round(value * 10) / 10);
  const facts: Fact[] = [
    [t('alerts.now'), format.quantity(alert.available_now)],
    [t('alerts.coming'), format.quantity(alert.coming)],
    [t('alerts.expected_on'), alert.expected_on ? format.day(alert.expected_on) : '–'],
    [
      t('restock.lasts'),
      alert.days_of_cover === null ? '–' : t('restock.days', { days: round(alert.days_of_cover) }),
    ],
    [t('alerts.sells_1'), round(alert.units_1)],
    [t('alerts.sells_7'), round(alert.units_7)],
    [t('alerts.sells_30'), round(alert.units_30)],
    [t('step.reorder_point'), round(alert.reorder_point)],
    [t('alerts.units_at_risk'), round(alert.units_at_risk)],
    ...(alert.money_at_risk === undefined
      ? []
      : ([
          [t('alerts.money_at_risk'), format.money(alert.money_at_risk, caller.organization.currency)],
        ] as Fact[])),
    [t('alerts.since'), format.time(alert.opened_at, storeOf(alert.store)?.time_zone)],
    [t('field.supplier'), alert.supplier ?? '–'],
  ];
  return <Facts facts={facts} columns={3} />;
}

function Steps({ alert }: { alert: AlertDetail }) {
  const t = useT();
  const { caller } = useSession();
  const step = useStep();
  const [note, setNote] = useState('');
  const take = (next: Step) => step.mutate({ id: alert.id, step: next }, { onSuccess: () => setNote('') });
  const until = (days: number) => new Date(Date.now() + days * A_DAY).toISOString();
  return (
    <Stack gap="sm">
      <Whose alert={alert} onChange={(user) => take({ verb: 'assign', user })} self={caller.id} />
      <TextInput
        label={t('field.note')}
        value={note}
        maxLength={300}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group gap="xs">
        {alert.status === 'open' && (
          <Button
            variant="default"
            disabled={step.isPending}
            onClick={() => take({ verb: 'acknowledge', note })}
          >
            {t('alerts.acknowledge')}
          </Button>
        )}
        {LATER.map((days) => (
          <Button
            key={days}
            variant="default"
            disabled={step.isPending}
            onClick={() => take({ verb: 'snooze', until: until(days), note })}
          >
            {t(`alerts.later_${days}`)}
          </Button>
        ))}
        <Button variant="default" disabled={step.isPending} onClick={() => take({ verb: 'resolve', note })}>
          {t('alerts.resolve')}
        </Button>
      </Group>
      {step.error && (
        <Text role="alert" size="sm" c="var(--bad)">
          {reasons(step.error, t)}
        </Text>
      )}
    </Stack>
  );
}

type WhoseProps = { alert: AlertDetail; self: number; onChange: (user: number | null) => void };

function Whose({ alert, self, onChange }: WhoseProps) {
  const t = useT();
  const colleagues = useColleagues(true);
  const may = (colleagues.data ?? []).filter(
    ({ is_active, stores }) => is_active && (stores === null || stores.includes(alert.store)),
  );
  const nameOf = (one: (typeof may)[number]) =>
    [one.first_name, one.last_name].filter(Boolean).join(' ') || one.username;
  const data = may.map((one) => ({
    value: String(one.user_id),
    label: one.user_id === self ? t('alerts.me', { name: nameOf(one) }) : nameOf(one),
  }));
  const held = alert.assignee_id === null ? null : String(alert.assignee_id);
  if (held !== null && !data.some(({ value }) => value === held))
    data.unshift({ value: held, label: alert.assignee });
  return (
    <Select
      label={t('alerts.whose')}
      placeholder={t('alerts.nobody')}
      data={data}
      value={held}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      nothingFoundMessage={t('list.nothing')}
      onChange={(user) => onChange(user === null ? null : Number(user))}
    />
  );
}

const STEPS = new Set([
  'raised',
  'changed',
  'closed',
  'woken',
  'acknowledged',
  'snoozed',
  'assigned',
  'resolved',
  'restocked',
]);

function History({ alert }: { alert: AlertDetail }) {
  const t = useT();
  const { format, storeOf } = useSession();
  const said = (action: string) => (STEPS.has(action) ? t(`alerts.step_${action}` as Words) : action);
  return (
    <section aria-label={t('alerts.history')}>
      <Title order={3} size="h6" mb={4}>
        {t('alerts.history')}
      </Title>
      <ul className={css.rows}>
        {alert.history.map((step) => (
          <li key={`${step.at}-${step.action}`} className={css.row} style={{ minHeight: 40 }}>
            <div>
              {said(step.action)}
              {step.by && <span className="soft"> · {step.by}</span>}
              {step.note && <div className={css.small}>{step.note}</div>}
            </div>
            <span className={`${css.small} ${css.end}`}>
              {format.time(step.at, storeOf(alert.store)?.time_zone)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
