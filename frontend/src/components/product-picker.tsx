'use client';

import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/lib/api/client';
import { useT } from '@/lib/i18n';

type Choice = { id: number; name: string; sku: string };
type Props = {
  value: Choice | null;
  onChange: (product: Choice | null) => void;
  error?: string | undefined;
  label: string;
  placeholder?: string;
};

/** One product of the catalogue, found by the server as words, SKU or barcode are typed. */
export function ProductPicker({ value, onChange, error, label, placeholder }: Props) {
  const t = useT();
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words, 200);
  const found = useQuery({
    queryKey: ['products', 'picker', settled],
    queryFn: async ({ signal }) => {
      const query = { page_size: 20, ...(settled ? { search: settled } : {}) };
      return (await take(api.GET('/api/products/', { params: { query }, signal }))).results;
    },
    staleTime: 30_000,
    placeholderData: (former) => former,
  });
  const choices: Choice[] = found.data ?? [];
  const all = value && !choices.some(({ id }) => id === value.id) ? [value, ...choices] : choices;
  return (
    <Select
      label={label}
      placeholder={placeholder ?? t('product.search')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      data={all.map(({ id, name, sku }) => ({ value: String(id), label: `${name} · ${sku}` }))}
      filter={({ options }) => options}
      value={value ? String(value.id) : null}
      onChange={(id) => onChange(all.find((one) => String(one.id) === id) ?? null)}
      onSearchChange={(next) => setWords(next.includes(' · ') ? '' : next.trim())}
      nothingFoundMessage={found.isFetching ? t('state.loading') : t('list.nothing')}
      error={error}
    />
  );
}
