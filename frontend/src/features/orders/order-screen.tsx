'use client';

import { Button, Menu, SimpleGrid, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Ellipsis, Mail, PackageCheck, Phone, Printer } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Crumbs } from '@/components/crumbs';
import { type Fact, Facts } from '@/components/facts';
import { Failed, reasons, Waiting } from '@/components/feedback';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import panel from '@/components/panel.module.css';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useSuppliers } from '@/lib/papers';
import { mayAct, useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { OrderLines } from './order-lines';
import { type Order, type Step, useOrder, useStep, useTimeline } from './queries';
import { OrderState } from './status';

const Receive = dynamic(() => import('./receive').then((module) => module.Receive), { ssr: false });
const Confirm = dynamic(() => import('@/components/confirm').then((module) => module.Confirm), {
  ssr: false,
});

const COMING = new Set(['sent', 'partially_received']);

/** One order: what was asked for, what came, and the next step. */
export function OrderScreen({ id }: { id: string }) {
  const t = useT();
  const { get, set } = useUrl();
  const order = useOrder(id);
  if (order.error instanceof ApiError && order.error.status === 404) {
    return <Failed error={new ApiError(404, 'not_found', t('orders.not_found'))} />;
  }
  if (order.error && !order.data) return <Failed error={order.error} retry={() => void order.refetch()} />;
  if (!order.data) return <Waiting />;
  const { data } = order;
  const receiving = get('receive') !== '' && (COMING.has(data.status) || data.status === 'received');
  return (
    <Stack gap={4}>
      <Crumbs list={t('nav.orders')} path="/orders/" here={data.number} />
      {receiving ? (
        <Receive order={data} onClose={() => set({ receive: null })} />
      ) : (
        <Page
          title={t('orders.to', { number: data.number, supplier: data.supplier_name })}
          lead={<OrderState order={data} />}
          actions={<Actions order={data} />}
        >
          <Head order={data} />
          <OrderLines order={data} />
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            <Deliveries order={data} />
            <Timeline id={id} store={data.store} />
          </SimpleGrid>
        </Page>
      )}
    </Stack>
  );
}

type Asking = 'close' | 'cancel' | null;

function Actions({ order }: { order: Order }) {
  const t = useT();
  const { set } = useUrl();
  const { caller } = useSession();
  const step = useStep(order.id);
  const suppliers = useSuppliers();
  const [asking, setAsking] = useState<Asking>(null);
  const buys = mayAct(caller, 'manager');
  const mail = suppliers.data?.find(({ id }) => id === order.supplier)?.email;
  const coming = COMING.has(order.status);

  function take(next: Step, said: string): void {
    step.mutate(next, {
      onSuccess: () => notifications.show({ message: said }),
      onError: (error) =>
        notifications.show({ color: 'red', title: t('error.title'), message: reasons(error, t) }),
    });
  }
  const told = () => take({ verb: 'send', by: 'other' }, t('orders.told'));

  return (
    <>
      <Button
        component="a"
        href={`/api/purchase-orders/${order.id}/?format=html`}
        target="_blank"
        variant="default"
        leftSection={<Printer size={16} aria-hidden />}
      >
        {t('action.print')}
      </Button>
      {buys && order.status === 'draft' && (
        <>
          <Button
            variant={mail ? 'default' : 'filled'}
            leftSection={<Phone size={16} aria-hidden />}
            loading={step.isPending}
            onClick={told}
          >
            {t('papers.tell')}
          </Button>
          {mail && (
            <Button
              leftSection={<Mail size={16} aria-hidden />}
              loading={step.isPending}
              onClick={() => take({ verb: 'send', by: 'email' }, t('orders.sent_to', { mail }))}
            >
              {t('orders.send')}
            </Button>
          )}
        </>
      )}
      {(coming || order.status === 'received') && (
        <Button
          variant={coming ? 'filled' : 'default'}
          leftSection={<PackageCheck size={16} aria-hidden />}
          onClick={() => set({ receive: '1' }, { push: true })}
        >
          {t(coming ? 'orders.receive' : 'orders.receive_more')}
        </Button>
      )}
      {buys && order.status !== 'closed' && order.status !== 'cancelled' && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px="xs" aria-label={t('orders.more')}>
              <Ellipsis size={18} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {coming && mail && (
              <Menu.Item onClick={() => take({ verb: 'resend' }, t('orders.sent_to', { mail }))}>
                {t('orders.resend')}
              </Menu.Item>
            )}
            {order.status !== 'draft' && order.status !== 'sent' && (
              <Menu.Item onClick={() => setAsking('close')}>{t('orders.close')}</Menu.Item>
            )}
            {(order.status === 'draft' || order.status === 'sent') && (
              <Menu.Item c="var(--bad)" onClick={() => setAsking('cancel')}>
                {t('orders.cancel')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {asking && (
        <Confirm
          title={t(`orders.${asking}`)}
          lead={t(`orders.${asking}_lead`)}
          act={t(`orders.${asking}`)}
          asksWhy
          error={step.error}
          pending={step.isPending}
          onClose={() => {
            step.reset();
            setAsking(null);
          }}
          onConfirm={(reason) => step.mutate({ verb: asking, reason }, { onSuccess: () => setAsking(null) })}
        />
      )}
    </>
  );
}

function Head({ order }: { order: Order }) {
  const t = useT();
  const { format, storeOf } = useSession();
  const zone = storeOf(order.store)?.time_zone;
  const facts: Fact[] = [
    [t('orders.delivered_to'), order.store_name],
    [t('orders.expected'), order.expected_on ? format.dayLong(order.expected_on) : t('orders.when_sent')],
    [t('orders.sent'), order.sent_at ? format.time(order.sent_at, zone) : '–'],
    [
      t('orders.made'),
      `${format.time(order.created_at, zone)}${order.created_by ? ` · ${order.created_by}` : ''}`,
    ],
    [t('field.reference'), order.reference || '–'],
    [t('field.note'), order.note || '–'],
    ...(order.total_cost === undefined
      ? []
      : ([[t('orders.total'), format.money(order.total_cost, order.currency)]] as Fact[])),
    ...(order.end_reason ? ([[t('field.reason'), order.end_reason]] as Fact[]) : []),
  ];
  return (
    <section className={panel.panel} aria-label={t('product.facts')}>
      <Facts facts={facts} />
      {order.letters.map((letter) => (
        <Text
          key={letter.asked_at}
          size="sm"
          mt="sm"
          c={letter.state === 'failed' ? 'var(--bad)' : 'dimmed'}
          role={letter.state === 'failed' ? 'alert' : undefined}
        >
          {t(`letter.${letter.state}`, { to: letter.to })} {letter.error}
        </Text>
      ))}
    </section>
  );
}

function Deliveries({ order }: { order: Order }) {
  const t = useT();
  const { format, storeOf } = useSession();
  const zone = storeOf(order.store)?.time_zone;
  return (
    <Panel
      title={t('orders.deliveries')}
      asked={{ data: order.receipts, error: null, refetch: () => undefined }}
      height={80}
    >
      {(receipts) =>
        receipts.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('orders.no_deliveries')}
          </Text>
        ) : (
          <ul className={panel.rows}>
            {receipts.map((receipt) => (
              <li key={receipt.id} className={panel.row}>
                <div>
                  {receipt.number}
                  <div className={panel.small}>
                    {[receipt.delivery_note, receipt.received_by].filter(Boolean).join(' · ')}
                  </div>
                </div>
                <div className={panel.end}>
                  {format.time(receipt.received_at, zone)}
                  {receipt.reversed_at && <div className={panel.small}>{t('orders.reversed')}</div>}
                </div>
              </li>
            ))}
          </ul>
        )
      }
    </Panel>
  );
}

const STEPS = [
  'drafted',
  'changed',
  'sent',
  'mailed',
  'not_mailed',
  'mailed_again',
  'received',
  'receipt_reversed',
  'closed',
  'cancelled',
] as const;

function Timeline({ id, store }: { id: string; store: number }) {
  const t = useT();
  const { format, storeOf } = useSession();
  const timeline = useTimeline(id);
  function said(action: string): string {
    const verb = action.split('.').at(-1) ?? '';
    const step = STEPS.find((one) => one === verb);
    return step ? t(`purchase_step.${step}`) : verb;
  }
  return (
    <Panel title={t('alerts.history')} asked={timeline} height={120}>
      {(entries) => (
        <ul className={panel.rows}>
          {entries.map((entry) => (
            <li key={entry.sequence} className={panel.row} style={{ minHeight: 36 }}>
              <span>{said(entry.action)}</span>
              <span className={`${panel.small} ${panel.end}`}>
                {entry.actor.label} · {format.time(entry.occurred_at, storeOf(store)?.time_zone)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
