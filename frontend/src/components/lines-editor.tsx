'use client';

import { ActionIcon, NumberInput, Stack, Text } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import { ProductPicker } from '@/components/product-picker';
import { ScanField } from '@/components/scan-field';
import { useT } from '@/lib/i18n';
import type { Named } from '@/lib/scan';
import css from './lines-editor.module.css';

export type Line = { product: Named; quantity: string | number };

/** The lines after `units` of a product were added: a product has one line, and a scan adds to it. */
export function added(lines: Line[], { id, name, sku }: Named, units: number): Line[] {
  const known = lines.some((line) => line.product.id === id);
  if (!known) return [...lines, { product: { id, name, sku }, quantity: units }];
  return lines.map((line) =>
    line.product.id === id ? { ...line, quantity: Number(line.quantity || 0) + units } : line,
  );
}

type Props = {
  lines: Line[];
  onChange: (next: (lines: Line[]) => Line[]) => void;
  /** Sentences by row, 1 is the first. */
  errors?: Record<number, string>;
  withQuantity?: boolean;
};

/** Products with their quantities, found by words or scanned one after another. */
export function LinesEditor({ lines, onChange, errors = {}, withQuantity = true }: Props) {
  const t = useT();
  // The picker is made anew after each choice, so that it is empty for the next.
  const [turn, setTurn] = useState(0);
  const change = (id: number, quantity: string | number) =>
    onChange((now) => now.map((line) => (line.product.id === id ? { ...line, quantity } : line)));
  return (
    <Stack gap="sm">
      <ScanField label={t('scan.label')} onFound={(one) => onChange((now) => added(now, one, one.units))} />
      <ProductPicker
        key={turn}
        label={t('lines.find')}
        value={null}
        onChange={(product) => {
          if (!product) return;
          onChange((now) => added(now, product, 1));
          setTurn((n) => n + 1);
        }}
      />
      {lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('lines.none')}
        </Text>
      ) : (
        <ul className={css.lines} aria-label={t('lines.label')}>
          {lines.map(({ product, quantity }, index) => (
            <li key={product.id} className={withQuantity ? css.line : `${css.line} ${css.plain}`}>
              <div style={{ minWidth: 0 }}>
                <span className={css.name}>{product.name}</span>
                <span className={css.sku}>{product.sku}</span>
              </div>
              {withQuantity && (
                <NumberInput
                  aria-label={t('lines.quantity', { product: product.name })}
                  value={quantity}
                  onChange={(value) => change(product.id, value)}
                  min={0}
                  decimalScale={3}
                  allowNegative={false}
                  hideControls
                  error={errors[index + 1] !== undefined}
                  styles={{ input: { textAlign: 'end' } }}
                />
              )}
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t('lines.remove', { product: product.name })}
                onClick={() => onChange((now) => now.filter((line) => line.product.id !== product.id))}
              >
                <X size={16} aria-hidden />
              </ActionIcon>
              {errors[index + 1] && (
                <span className={css.wrong} role="alert">
                  {errors[index + 1]}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}
