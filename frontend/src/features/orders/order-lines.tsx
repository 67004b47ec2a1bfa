'use client';

import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ActionBar } from '@/components/action-bar';
import { Badge } from '@/components/badge';
import { reasons } from '@/components/feedback';
import panel from '@/components/panel.module.css';
import { ProductName } from '@/components/product-name';
import type { Column } from '@/components/table/data-table';
import { PlainTable } from '@/components/table/plain-table';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { changedLines, type Drafted } from './amounts';
import css from './orders.module.css';
import { type Order, type OrderLine, useStep } from './queries';

/** What was ordered and what came of it. A draft's quantities can be changed; 0 takes a line out. */
export function OrderLines({ order }: { order: Order }) {
  const t = useT();
  const { caller } = useSession();
  const edits = order.status === 'draft' && mayAct(caller, 'manager');
  const [drafted, setDrafted] = useState<Drafted>({});
  const [expected, setExpected] = useState<string | null>(null);
  const step = useStep(order.id);
  const columns = useColumns(order, edits ? drafted : null, setDrafted);
  const lines = changedLines(order.lines, drafted);
  const dirty = lines !== null || (expected !== null && expected !== (order.expected_on ?? ''));

  function save(): void {
    const values = { ...(lines && { lines }), ...(expected !== null && { expected_on: expected || null }) };
    step.mutate(
      { verb: 'change', values, version: order.version },
      {
        onSuccess: () => {
          setDrafted({});
          setExpected(null);
        },
      },
    );
  }

  return (
    <>
      {edits && (
        <TextInput
          type="date"
          label={t('orders.expected')}
          description={t('orders.expected_hint')}
          value={expected ?? order.expected_on ?? ''}
          onChange={(event) => setExpected(event.currentTarget.value)}
          maw={320}
        />
      )}
      <PlainTable
        framed
        label={t('orders.lines')}
        rows={order.lines}
        columns={columns}
        rowKey={(line) => line.product}
        card={(line) => (
          <LineCard line={line} order={order} drafted={edits ? drafted : null} onDraft={setDrafted} />
        )}
      />
      {step.error && (
        <Text role="alert" size="sm" c="var(--bad)">
          {reasons(step.error, t)}
        </Text>
      )}
      {edits && dirty && (
        <ActionBar label={t('orders.change')} says={<b>{t('orders.not_saved')}</b>}>
          <Button
            variant="default"
            onClick={() => {
              setDrafted({});
              setExpected(null);
            }}
          >
            {t('action.cancel')}
          </Button>
          <Button onClick={save} loading={step.isPending} disabled={lines?.length === 0}>
            {t('orders.save')}
          </Button>
        </ActionBar>
      )}
    </>
  );
}

type Draft = { drafted: Drafted; onDraft: (drafted: Drafted) => void };

function useColumns(
  order: Order,
  drafted: Drafted | null,
  onDraft: (drafted: Drafted) => void,
): Column<OrderLine>[] {
  const t = useT();
  const { format, caller } = useSession();
  return useMemo(() => {
    const sent = order.status !== 'draft';
    const number = (id: string, header: string, value: (line: OrderLine) => number): Column<OrderLine> => ({
      id,
      header,
      width: 104,
      end: true,
      cell: (line) => format.quantity(value(line)),
    });
    const money = (id: string, header: string, value: (line: OrderLine) => number | undefined) => ({
      id,
      header,
      width: 112,
      end: true,
      cell: (line: OrderLine) => format.money(value(line), order.currency),
    });
    return [
      { id: 'product', header: t('field.product'), cell: (line) => <Product line={line} /> },
      {
        id: 'ordered',
        header: t('orders.ordered'),
        width: 128,
        end: true,
        cell: (line) =>
          drafted ? (
            <DraftField line={line} drafted={drafted} onDraft={onDraft} />
          ) : (
            format.quantity(line.ordered)
          ),
      },
      {
        id: 'packs',
        header: t('orders.packs'),
        width: 112,
        end: true,
        cell: (line) => (
          <span className="soft">
            {line.pack_size > 1
              ? t('orders.packs_of', {
                  packs: format.quantity(line.packs),
                  size: format.quantity(line.pack_size),
                })
              : '–'}
          </span>
        ),
      },
      ...(sent
        ? [
            number('received', t('orders.received'), (line) => line.received + line.over),
            number('outstanding', t('orders.outstanding'), (line) => line.outstanding),
          ]
        : []),
      ...(caller.sees_costs
        ? [
            money('unit_cost', t('orders.unit_cost'), (line) => line.unit_cost),
            money('cost', t('restock.cost'), (line) => line.cost),
          ]
        : []),
    ];
  }, [t, format, caller.sees_costs, order.status, order.currency, drafted, onDraft]);
}

function Product({ line }: { line: OrderLine }) {
  return (
    <Group gap={8} wrap="nowrap">
      <ProductName id={line.product} name={line.product_name} sku={line.sku} />
      <Remarks line={line} />
    </Group>
  );
}

/** What one looks at before sending, and what arrived otherwise than asked for. */
function Remarks({ line }: { line: OrderLine }) {
  const t = useT();
  const { format } = useSession();
  const said = (['over', 'damaged', 'rejected', 'cancelled'] as const).filter((name) => line[name] > 0);
  return (
    <>
      {line.warnings.map(({ code, message }) => (
        <span key={code} title={message}>
          <Badge tone="warn">{t(`warning.${code}`)}</Badge>
        </span>
      ))}
      {said.map((name) => (
        <Badge key={name} tone={name === 'cancelled' ? 'plain' : 'warn'}>
          {t(`orders.line_${name}`, { units: format.quantity(line[name]) })}
        </Badge>
      ))}
    </>
  );
}

function DraftField({ line, drafted, onDraft }: { line: OrderLine } & Draft) {
  const t = useT();
  const text = drafted[line.product] ?? String(line.ordered);
  return (
    <input
      className={css.amount}
      inputMode="decimal"
      autoComplete="off"
      aria-label={t('orders.quantity_of', { product: line.product_name })}
      aria-invalid={Number.isNaN(Number(text)) || Number(text) < 0 || undefined}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) =>
        onDraft({ ...drafted, [line.product]: event.currentTarget.value.replace(',', '.') })
      }
    />
  );
}

type CardProps = {
  line: OrderLine;
  order: Order;
  drafted: Drafted | null;
  onDraft: (drafted: Drafted) => void;
};

function LineCard({ line, order, drafted, onDraft }: CardProps) {
  const t = useT();
  const { format } = useSession();
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div style={{ minWidth: 0 }}>
        <ProductName id={line.product} name={line.product_name} sku={line.sku} />
        <Group gap={6} mt={4}>
          <Remarks line={line} />
        </Group>
      </div>
      {drafted ? (
        <DraftField line={line} drafted={drafted} onDraft={onDraft} />
      ) : (
        <div className={panel.end}>
          {order.status === 'draft'
            ? format.quantity(line.ordered)
            : t('orders.of', {
                done: format.quantity(line.received + line.over),
                all: format.quantity(line.ordered),
              })}
          <div className={panel.small}>{format.money(line.cost, order.currency)}</div>
        </div>
      )}
    </Group>
  );
}
