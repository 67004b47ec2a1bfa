'use client';

import { TextInput } from '@mantine/core';
import { ScanBarcode } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { sentence } from '@/components/feedback';
import { useT } from '@/lib/i18n';
import { findByCode, type Scanned } from '@/lib/scan';

type Props = {
  label: string;
  onFound: (product: Scanned, code: string) => void;
  /** Takes a code that cannot be asked for now; without it the reason is shown. */
  onAway?: (code: string) => void;
  size?: 'sm' | 'md' | 'lg';
  takesCursor?: boolean;
};

/** Where a scanner that types writes: each Enter is one scan. The field is free for the next one at once. */
export function ScanField({ label, onFound, onAway, size = 'sm', takesCursor = false }: Props) {
  const t = useT();
  const [wrong, setWrong] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const hear = useRef({ onFound, onAway });
  hear.current = { onFound, onAway };
  useEffect(() => {
    if (takesCursor) field.current?.focus();
  }, [takesCursor]);

  async function look(code: string): Promise<void> {
    try {
      const product = await findByCode(code);
      setWrong(product ? '' : t('scan.unknown', { code }));
      if (product) hear.current.onFound(product, code);
    } catch (error) {
      setWrong(hear.current.onAway ? '' : sentence(error, t));
      hear.current.onAway?.(code);
    }
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const code = event.currentTarget.value.trim();
    event.currentTarget.value = '';
    if (code) void look(code);
  }

  return (
    <TextInput
      ref={field}
      label={label}
      placeholder={t('scan.hint')}
      leftSection={<ScanBarcode size={18} aria-hidden />}
      size={size}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      maxLength={64}
      error={wrong || undefined}
      onKeyDown={press}
    />
  );
}
