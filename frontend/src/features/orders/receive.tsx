'use client';

import { Button, Group, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRef, useState } from 'react';
import { ActionBar } from '@/components/action-bar';
import { Badge } from '@/components/badge';
import { sentence } from '@/components/feedback';
import { Page } from '@/components/page';
import { ProductName } from '@/components/product-name';
import { ScanField } from '@/components/scan-field';
import type { Column } from '@/components/table/data-table';
import { PlainTable } from '@/components/table/plain-table';
import { newKey } from '@/lib/api/client';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import type { Scanned } from '@/lib/scan';
import { useFormat } from '@/lib/session';
import {
  type Arrivals,
  type Arrived,
  arrivedLines,
  asOrdered,
  isWrong,
  NOTHING,
  nothingYet,
  scanned,
  verdict,
} from './amounts';
import css from './orders.module.css';
import { type Order, type OrderLine, useStep } from './queries';

/** What came off the lorry: as ordered unless somebody says otherwise, counted by hand or by scanning. */
export function Receive({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const step = useStep(order.id);
  const sent = useRef({ body: '', key: '' });
  const [arrivals, setArrivals] = useState<Arrivals>(() => asOrdered(order.lines));
  const [note, setNote] = useState('');
  const [details, setDetails] = useState(false);
  const [last, setLast] = useState<number | null>(null);
  const touched = useRef(false);
  const lines = arrivedLines(order.lines, arrivals);
  const wrong = order.lines.some((line) => Object.values(arrivals[line.product] ?? NOTHING).some(isWrong));
  const units = lines.reduce((sum, { quantity = 0, damaged = 0 }) => sum + quantity + damaged, 0);
  const refused = rowErrors(step.error, lines);

  function change(product: number, arrived: Arrived): void {
    touched.current = true;
    setArrivals((before) => ({ ...before, [product]: arrived }));
  }

  /** The first scan begins from nothing: who scans counts what is there. */
  function scan(product: Scanned): void {
    const before = touched.current ? arrivals : nothingYet(order.lines);
    const next = scanned(before, product.id, product.units);
    if (!next) {
      notifications.show({ color: 'red', message: t('receive.not_ordered', { product: product.name }) });
      return;
    }
    touched.current = true;
    setArrivals(next);
    setLast(product.id);
  }

  function all(next: Arrivals): void {
    touched.current = true;
    setArrivals(next);
  }

  function receive(): void {
    const delivery = { lines, ...(note.trim() && { delivery_note: note.trim() }) };
    // The same delivery once more is the same question; another one has its own key.
    const body = JSON.stringify(delivery);
    if (sent.current.body !== body) sent.current = { body, key: newKey() };
    step.mutate(
      { verb: 'receive', delivery, key: sent.current.key },
      {
        onSuccess: (now) => {
          const number = now.receipts.at(-1)?.number ?? '';
          notifications.show({ message: t('receive.done', { number, units: format.quantity(units) }) });
          onClose();
        },
      },
    );
  }

  const shown = { arrivals, change, details, last, refused };
  return (
    <Page
      title={t('receive.title', { number: order.number })}
      lead={t('receive.lead', { supplier: order.supplier_name, store: order.store_name })}
    >
      <Group gap="md" align="flex-end">
        <ScanField label={t('receive.scan')} onFound={scan} />
        <TextInput
          label={t('receive.note')}
          value={note}
          maxLength={100}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button variant="default" onClick={() => all(asOrdered(order.lines))}>
            {t('receive.all')}
          </Button>
          <Button variant="default" onClick={() => all(nothingYet(order.lines))}>
            {t('receive.none')}
          </Button>
          <Button variant="default" aria-pressed={details} onClick={() => setDetails(!details)}>
            {t(details ? 'receive.simple' : 'receive.details')}
          </Button>
        </Group>
      </Group>
      <Lines order={order} {...shown} />
      {step.error && (
        <Text role="alert" size="sm" c="var(--bad)">
          {sentence(step.error, t)}
        </Text>
      )}
      <ActionBar
        label={t('receive.title', { number: order.number })}
        says={
          <b>
            {t('receive.sum', {
              units: format.quantity(units),
              lines: lines.length,
              all: order.lines.length,
            })}
          </b>
        }
      >
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button onClick={receive} loading={step.isPending} disabled={wrong || lines.length === 0}>
          {t('receive.book')}
        </Button>
      </ActionBar>
    </Page>
  );
}

/** Which products a refusal names: its rows are those that were sent. */
function rowErrors(error: unknown, lines: { product: number }[]): Record<number, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    Object.entries(error.rows('lines')).flatMap(([row, said]) => {
      const product = lines[Number(row) - 1]?.product;
      return product === undefined ? [] : [[product, said]];
    }),
  );
}

type Shown = {
  arrivals: Arrivals;
  change: (product: number, arrived: Arrived) => void;
  details: boolean;
  last: number | null;
  refused: Record<number, string>;
};

function Lines({ order, ...shown }: { order: Order } & Shown) {
  const t = useT();
  const format = useFormat();
  const { arrivals, details, refused } = shown;
  const field = (name: keyof Arrived, header: string): Column<OrderLine> => ({
    id: name,
    header,
    width: 120,
    end: true,
    cell: (line) => <Field line={line} name={name} {...shown} />,
  });
  const columns: Column<OrderLine>[] = [
    {
      id: 'product',
      header: t('field.product'),
      cell: (line) => (
        <>
          <ProductName id={line.product} name={line.product_name} sku={line.sku} />
          {refused[line.product] && <span className={css.wrong}>{refused[line.product]}</span>}
        </>
      ),
    },
    {
      id: 'outstanding',
      header: t('orders.outstanding'),
      width: 112,
      end: true,
      cell: (line) => format.quantity(line.outstanding),
    },
    field('good', t('receive.good')),
    ...(details ? [field('damaged', t('receive.damaged')), field('rejected', t('receive.rejected'))] : []),
    {
      id: 'verdict',
      header: t('receive.compared'),
      width: 140,
      cell: (line) => <Compared line={line} arrived={arrivals[line.product] ?? NOTHING} />,
    },
  ];
  return (
    <PlainTable
      framed
      label={t('orders.lines')}
      rows={order.lines}
      columns={columns}
      rowKey={(line) => line.product}
      card={(line) => (
        <>
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <ProductName
              id={line.product}
              name={line.product_name}
              sku={t('receive.expected', { units: format.quantity(line.outstanding) })}
            />
            <Field line={line} name="good" {...shown} />
          </Group>
          {details && (
            <div className={css.more}>
              <Labelled text={t('receive.damaged')}>
                <Field line={line} name="damaged" {...shown} />
              </Labelled>
              <Labelled text={t('receive.rejected')}>
                <Field line={line} name="rejected" {...shown} />
              </Labelled>
            </div>
          )}
          <Compared line={line} arrived={arrivals[line.product] ?? NOTHING} />
          {refused[line.product] && <span className={css.wrong}>{refused[line.product]}</span>}
        </>
      )}
    />
  );
}

function Labelled({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed" aria-hidden>
        {text}
      </Text>
      {children}
    </div>
  );
}

const NAMES = { good: 'receive.good', damaged: 'receive.damaged', rejected: 'receive.rejected' } as const;

function Field({ line, name, arrivals, change, last }: { line: OrderLine; name: keyof Arrived } & Shown) {
  const t = useT();
  const arrived = arrivals[line.product] ?? NOTHING;
  return (
    <input
      className={css.amount}
      inputMode="decimal"
      autoComplete="off"
      aria-label={`${t(NAMES[name])}, ${line.product_name}`}
      aria-invalid={isWrong(arrived[name]) || undefined}
      data-just={(name === 'good' && last === line.product) || undefined}
      value={arrived[name]}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) =>
        change(line.product, { ...arrived, [name]: event.currentTarget.value.replace(',', '.') })
      }
    />
  );
}

function Compared({ line, arrived }: { line: OrderLine; arrived: Arrived }) {
  const t = useT();
  const format = useFormat();
  const { kind, units } = verdict(line, arrived);
  if (Object.values(arrived).some(isWrong)) return <Badge tone="bad">{t('receive.not_a_number')}</Badge>;
  if (kind === 'right') return <Badge tone="good">{t('receive.right')}</Badge>;
  return (
    <Badge tone={kind === 'short' ? 'warn' : 'info'}>
      {t(`receive.${kind}`, { units: format.quantity(units) })}
    </Badge>
  );
}
