'use client';

import { type KeyboardEvent, useRef, useState } from 'react';
import { isSet, readQuantity } from '@/lib/cell';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import css from './quantity.module.css';
import type { StockRow } from './queries';

/** `expected` is what was set over; null when it was only added to or taken away from. */
export type Change = (delta: number, expected: number | null) => void;
type Props = { row: StockRow; onChange: Change };

/** What is on hand; a click or Enter makes it a field that takes `+5`, `-3`, `=20` or `20`. Native: rows scroll fast. */
export function Quantity({ row, onChange }: Props) {
  const t = useT();
  const format = useFormat();
  const [text, setText] = useState<string | null>(null);
  // What was seen when typing began: what others book meanwhile must not slip in below.
  const [seen, setSeen] = useState(row.on_hand);
  const [wrong, setWrong] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);

  function close(): void {
    setText(null);
    setWrong('');
    requestAnimationFrame(() => button.current?.focus());
  }

  function save(): void {
    const typed = readQuantity(text ?? '', seen);
    if ('delta' in typed) {
      onChange(typed.delta, isSet(text ?? '') ? seen : null);
      close();
    } else if (typed.error === 'no_change') close();
    else {
      const words = t(`quantity.${typed.error}`);
      setWrong(words);
      // The browser's own bubble: it is drawn over the table and read aloud.
      field.current?.setCustomValidity(words);
      field.current?.reportValidity();
    }
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter') save();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  }

  const label = t('quantity.label', { product: row.product_name, store: row.store });
  if (text === null) {
    const shown = format.quantity(row.on_hand);
    return (
      <button
        ref={button}
        type="button"
        className={css.button}
        aria-label={`${label}: ${shown}`}
        title={t('quantity.hint')}
        onClick={() => {
          setSeen(row.on_hand);
          setText(String(row.on_hand));
        }}
      >
        {shown}
      </button>
    );
  }
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the field takes the place of the button that was just pressed
      autoFocus
      ref={field}
      className={css.input}
      aria-label={label}
      aria-invalid={wrong !== ''}
      title={wrong || t('quantity.hint')}
      inputMode="text"
      autoComplete="off"
      maxLength={16}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        setText(event.currentTarget.value);
        setWrong('');
        event.currentTarget.setCustomValidity('');
      }}
      onKeyDown={press}
      onBlur={() => (wrong ? undefined : setText(null))}
    />
  );
}
