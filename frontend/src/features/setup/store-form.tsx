'use client';

import { SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FormFoot } from '@/components/form-foot';
import { Select } from '@/components/select';
import { useTold } from '@/components/told';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useOpenStore } from './queries';

/** A short code out of a name: letters and digits, as they stand on labels. */
export function codeOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .slice(0, 12)
    .trim()
    .replace(/ /g, '-')
    .toUpperCase();
}

export function StoreForm({ onDone }: { onDone: () => void }) {
  const t = useT();
  const told = useTold();
  const { caller } = useSession();
  const open = useOpenStore();
  const [name, setName] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const [zone, setZone] = useState(caller.organization.time_zone);
  const [currency, setCurrency] = useState(caller.organization.currency);
  const error = open.error instanceof ApiError ? open.error : null;
  function submit(event: FormEvent): void {
    event.preventDefault();
    const body = { name: name.trim(), code: (code ?? codeOf(name)).trim(), time_zone: zone, currency };
    open.mutate(body, {
      onSuccess: (store) => {
        told(t('setup.opened', { store: store.name }));
        onDone();
      },
    });
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('setup.store_name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={error?.field('name')}
        />
        <TextInput
          label={t('setup.store_code')}
          description={t('setup.store_code_lead')}
          value={code ?? codeOf(name)}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={error?.field('code')}
        />
        <SimpleGrid cols={2} spacing="sm">
          <Select
            label={t('field.time_zone')}
            data={[...new Set([zone, ...Intl.supportedValuesOf('timeZone')])]}
            value={zone}
            onChange={(next) => setZone(next ?? zone)}
            searchable
            allowDeselect={false}
            error={error?.field('time_zone')}
          />
          <Select
            label={t('field.currency')}
            data={[...new Set([currency, ...Intl.supportedValuesOf('currency')])]}
            value={currency}
            onChange={(next) => setCurrency(next ?? currency)}
            searchable
            allowDeselect={false}
            error={error?.field('currency')}
          />
        </SimpleGrid>
        <FormFoot error={open.error} busy={open.isPending} action={t('setup.open_store')} />
      </Stack>
    </form>
  );
}
