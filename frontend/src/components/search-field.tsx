'use client';

import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '@/lib/i18n';
import { useUrl } from '@/lib/url';

/** Words to look for, kept in the address as `q` once typing pauses. `/` brings the cursor here. */
export function SearchField({ label }: { label: string }) {
  const t = useT();
  const { get, set } = useUrl();
  const kept = get('q');
  const [typed, setTyped] = useState(kept);
  const keep = useDebouncedCallback((value: string) => set({ q: value.trim() }), 250);
  useEffect(() => setTyped((now) => (now.trim() === kept ? now : kept)), [kept]);
  function change(value: string): void {
    setTyped(value);
    keep(value);
  }
  return (
    <TextInput
      data-search
      aria-label={label}
      placeholder={label}
      leftSection={<Search size={16} aria-hidden />}
      rightSection={
        typed ? <CloseButton size="sm" aria-label={t('action.clear')} onClick={() => change('')} /> : null
      }
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      w={{ base: '100%', sm: 280 }}
    />
  );
}
