'use client';

import { Button, TextInput } from '@mantine/core';
import { CloudOff, Minus, Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ProductPicker } from '@/components/product-picker';
import { ScanField } from '@/components/scan-field';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import css from './count-pad.module.css';
import * as pads from './pad';
import { PadLists } from './pad-lists';
import type { Count } from './queries';
import { moment, type Sending, usePad } from './use-pad';

/** Counting with a scanner or by hand, one product after another; nothing that was typed is lost when the line drops. */
export function CountPad({ count }: { count: Count }) {
  const t = useT();
  const { caller } = useSession();
  const { pad, change, sending } = usePad(
    { organization: caller.organization.id, person: caller.id },
    count.id,
  );
  const [turn, setTurn] = useState(0);
  return (
    <div className={css.sides}>
      <div className={css.pad}>
        <ScanField
          label={t('scan.label')}
          size="lg"
          takesCursor
          onFound={(found, code) => change((now) => pads.scanned(now, code, found, moment()))}
          onAway={(code) => change((now) => pads.scanned(now, code, null, moment()))}
        />
        <InHand
          item={pad.current}
          onType={(quantity) => change((now) => pads.typed(now, quantity, moment().at))}
          onStep={(by) => change((now) => pads.stepped(now, by, moment().at))}
          onDone={() => change(pads.done)}
        />
        <State sending={sending} waiting={pad.waiting.length} />
        <TextInput
          label={t('count.place')}
          placeholder={t('count.place_hint')}
          size="md"
          maxLength={100}
          value={pad.place}
          onChange={(event) => {
            const place = event.currentTarget.value;
            change((now) => ({ ...now, place }));
          }}
        />
        <ProductPicker
          key={turn}
          label={t('count.by_name')}
          value={null}
          onChange={(product) => {
            if (!product) return;
            change((now) => pads.picked(now, product, moment()));
            setTurn((n) => n + 1);
          }}
        />
      </div>
      <div className={css.pad}>
        <PadLists
          count={count}
          pad={pad}
          onPick={(product) => change((now) => pads.picked(now, product, moment()))}
          onForget={(key) => change((now) => pads.forgotten(now, key))}
        />
      </div>
    </div>
  );
}

type HandProps = {
  item: pads.Item | null;
  onType: (quantity: number | null) => void;
  onStep: (by: number) => void;
  onDone: () => void;
};

const SHAPE = /^\d*[.,]?\d{0,3}$/;

function InHand({ item, onType, onStep, onDone }: HandProps) {
  const t = useT();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const quantity = item?.quantity ?? null;
  const key = item?.key;
  useEffect(() => {
    setText((now) =>
      Number(now.replace(',', '.') || Number.NaN) === quantity ? now : (quantity ?? '').toString(),
    );
  }, [quantity]);
  // Who chose a product by its name types next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another product takes the cursor
  useEffect(() => {
    if (key && quantity === null) field.current?.focus();
  }, [key]);
  if (!item) return <div className={`${css.hand} ${css.empty}`}>{t('count.hand_empty')}</div>;
  const name = item.product?.name ?? item.code;

  function type(next: string): void {
    if (!SHAPE.test(next)) return;
    setText(next);
    const value = Number(next.replace(',', '.'));
    onType(next === '' || Number.isNaN(value) ? null : value);
  }

  return (
    <section className={css.hand} aria-label={name}>
      <div>
        <div className={css.name}>{name}</div>
        <div className={css.sku}>{item.product?.sku ?? t('count.unknown_yet')}</div>
      </div>
      <div className={css.steps}>
        <button
          type="button"
          className={css.step}
          aria-label={t('count.one_less')}
          onClick={() => onStep(-1)}
        >
          <Minus size={28} aria-hidden />
        </button>
        <input
          ref={field}
          className={css.number}
          inputMode="decimal"
          autoComplete="off"
          aria-label={t('lines.quantity', { product: name })}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onDone();
          }}
        />
        <button type="button" className={css.step} aria-label={t('count.one_more')} onClick={() => onStep(1)}>
          <Plus size={28} aria-hidden />
        </button>
      </div>
      <Button size="lg" onClick={onDone} disabled={quantity === null}>
        {t('count.keep')}
      </Button>
    </section>
  );
}

function State({ sending, waiting }: { sending: Sending; waiting: number }) {
  const t = useT();
  const isHeld = sending === 'waiting' && waiting > 0;
  return (
    <div className={css.status} role="status" data-state={isHeld ? 'waiting' : undefined}>
      {isHeld && <CloudOff size={16} aria-hidden />}
      {isHeld
        ? t('count.held', { count: waiting })
        : waiting > 0
          ? t('count.sending', { count: waiting })
          : t('count.all_sent')}
    </div>
  );
}
