'use client';

import { MultiSelect, Stack } from '@mantine/core';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';

type Props = {
  /** null is every store. */
  value: number[] | null;
  onChange: (stores: number[] | null) => void;
  error?: string | undefined;
};

/** All stores, or some that are named: which of the two is said and never guessed from an empty list. */
export function StoreChoice({ value, onChange, error }: Props) {
  const t = useT();
  const { stores } = useSession();
  return (
    <Stack gap={6}>
      <Tabs
        label={t('field.stores')}
        value={value === null ? 'all' : 'some'}
        options={[
          { value: 'all', label: t('store.all') },
          { value: 'some', label: t('store.some') },
        ]}
        onChange={(next) => onChange(next === 'all' ? null : (value ?? []))}
      />
      {value !== null && (
        <MultiSelect
          label={t('field.stores')}
          data={stores.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={value.map(String)}
          onChange={(chosen) => onChange(chosen.map(Number))}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          nothingFoundMessage={t('list.nothing')}
          error={error}
        />
      )}
    </Stack>
  );
}
