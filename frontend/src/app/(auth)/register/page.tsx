'use client';

import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { AuthCard, text } from '@/features/accounts/auth-card';
import { PersonFields } from '@/features/accounts/person-fields';
import { useRegister } from '@/features/accounts/sign-in';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';

const list = (kind: 'timeZone' | 'currency'): string[] => Intl.supportedValuesOf(kind);

export default function RegisterPage() {
  const t = useT();
  const router = useRouter();
  const register = useRegister();
  const error = register.error instanceof ApiError ? register.error : null;
  const [zone, setZone] = useState<string | null>('UTC');
  const [currency, setCurrency] = useState<string | null>('USD');
  // The reader's own clock is the best guess; the page itself is made without knowing it.
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);

  function submit(form: FormData): void {
    const given = {
      organization: text(form, 'organization'),
      username: text(form, 'username'),
      email: text(form, 'email'),
      password: String(form.get('password') ?? ''),
      time_zone: zone ?? 'UTC',
      currency: currency ?? 'USD',
    };
    register.mutate(given, { onSuccess: () => router.replace('/') });
  }
  return (
    <AuthCard
      title={t('auth.register_title')}
      lead={t('auth.register_lead')}
      action={t('auth.register')}
      busy={register.isPending || register.isSuccess}
      error={register.error}
      onSubmit={submit}
      other={{ question: t('auth.known_here'), words: t('auth.sign_in'), path: '/login/' }}
    >
      <TextInput
        name="organization"
        label={t('field.company')}
        autoComplete="organization"
        error={error?.field('organization')}
        required
        withAsterisk={false}
      />
      <PersonFields error={error} needsEmail />
      <SimpleGrid cols={2} spacing="sm">
        <Select
          label={t('field.time_zone')}
          data={list('timeZone')}
          value={zone}
          onChange={setZone}
          error={error?.field('time_zone')}
          searchable
          allowDeselect={false}
        />
        <Select
          label={t('field.currency')}
          data={list('currency')}
          value={currency}
          onChange={setCurrency}
          error={error?.field('currency')}
          searchable
          allowDeselect={false}
        />
      </SimpleGrid>
    </AuthCard>
  );
}
