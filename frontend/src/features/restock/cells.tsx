'use client';

import { Truck, Warehouse } from 'lucide-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { Badge } from '@/components/badge';
import { SEVERITY_COLOURS } from '@/components/severity';
import { readQuantity } from '@/lib/cell';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import { type Line, quantityOf, severityOf } from './lines';
import css from './restock.module.css';

/** How long what is there and coming lasts, beside the days until the next order can be here. */
export function Cover({ line }: { line: Line }) {
  const t = useT();
  const format = useFormat();
  const days = line.days_of_cover;
  if (days === null) return <span className="soft">{t('restock.no_sales')}</span>;
  const share = Math.min(Math.max(days / Math.max(line.protection_days, 1), 0), 1);
  const shown = Math.max(0, Math.round(days * 10) / 10);
  return (
    <span className={css.cover} title={t('restock.cover_of', { days: line.protection_days })}>
      {t(shown === 1 ? 'restock.day' : 'restock.days', { days: format.quantity(shown) })}
      <span className={css.track} aria-hidden>
        <span
          className={css.fill}
          style={{ width: `${100 * share}%`, background: SEVERITY_COLOURS[severityOf(line)] }}
        />
      </span>
    </span>
  );
}

/** Where the goods come from: a supplier, or a store that has too many. */
export function Origin({ line }: { line: Line }) {
  const t = useT();
  if (line.source === 'transfer') {
    return (
      <span className={css.origin} title={t('restock.from_store')}>
        <Truck size={15} aria-hidden color="var(--info)" />
        <span>{line.from_store_name}</span>
      </span>
    );
  }
  if (line.supplier === null) return <Badge tone="warn">{t('restock.no_supplier')}</Badge>;
  return (
    <span className={css.origin} title={t('restock.from_supplier')}>
      <Warehouse size={15} aria-hidden color="var(--soft)" />
      <span>{line.supplier_name}</span>
    </span>
  );
}

type QuantityProps = { line: Line; onChange: (quantity: number | null) => void };

/** How much to order. Another number is a person's choice; the proposed one takes the choice back. */
export function QuantityField({ line, onChange }: QuantityProps) {
  const t = useT();
  const format = useFormat();
  const now = quantityOf(line);
  const [text, setText] = useState(String(now));
  const [wrong, setWrong] = useState(false);
  useEffect(() => setText(String(now)), [now]);

  function save(): void {
    const typed = readQuantity(text, now);
    const next = 'delta' in typed ? Math.round((now + typed.delta) * 1000) / 1000 : now;
    if (('error' in typed && typed.error !== 'no_change') || next <= 0) {
      setWrong(true);
      return;
    }
    setWrong(false);
    setText(String(next));
    if (next !== now) onChange(next === line.quantity ? null : next);
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key !== 'Escape') return;
    setText(String(now));
    setWrong(false);
  }

  return (
    <span>
      {line.chosen !== null && (
        <span className={css.was} title={t('restock.proposed', { quantity: format.quantity(line.quantity) })}>
          {format.quantity(line.quantity)}
        </span>
      )}
      <input
        className={css.quantity}
        inputMode="decimal"
        autoComplete="off"
        aria-label={t('restock.quantity_of', { product: line.product_name, store: line.store_name })}
        aria-invalid={wrong || undefined}
        data-own={line.chosen !== null || undefined}
        title={wrong ? t('restock.quantity_wrong') : t('quantity.hint')}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={save}
      />
    </span>
  );
}
