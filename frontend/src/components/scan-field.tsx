'use client';

import { TextInput } from '@mantine/core';
import { ScanBarcode } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { sentence } from '@/components/feedback';
import { useT } from '@/lib/i18n';
import { findByCode, type Scanned } from '@/lib/scan';

type Props = {
  label: string;
  onFound: (product: Scanned) => void;
  size?: 'sm' | 'md' | 'lg';
};

/** Where a scanner that types writes: each Enter is one scan. The field is free for the next one at once. */
export function ScanField({ label, onFound, size = 'sm' }: Props) {
  const t = useT();
  const [wrong, setWrong] = useState('');
  const found = useRef(onFound);
  found.current = onFound;

  async function look(code: string): Promise<void> {
    try {
      const product = await findByCode(code);
      setWrong(product ? '' : t('scan.unknown', { code }));
      if (product) found.current(product);
    } catch (error) {
      setWrong(sentence(error, t));
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
