'use client';

import { PasswordInput, TextInput } from '@mantine/core';
import type { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';

/** What a new person gives: the same for who registers and who joins. */
export function PersonFields({ error, needsEmail }: { error: ApiError | null; needsEmail: boolean }) {
  const t = useT();
  return (
    <>
      <TextInput
        name="username"
        label={t('field.username')}
        autoComplete="username"
        error={error?.field('username')}
        required
        withAsterisk={false}
      />
      {needsEmail && (
        <TextInput
          name="email"
          type="email"
          label={t('field.email')}
          autoComplete="email"
          error={error?.field('email')}
          required
          withAsterisk={false}
        />
      )}
      <PasswordInput
        name="password"
        label={t('field.password')}
        description={t('field.password_rule')}
        autoComplete="new-password"
        error={error?.field('password')}
        visibilityToggleButtonProps={{ 'aria-label': t('field.show_password') }}
        required
        withAsterisk={false}
      />
    </>
  );
}
