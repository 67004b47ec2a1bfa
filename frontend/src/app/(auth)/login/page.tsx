'use client';

import { PasswordInput, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { AuthCard, text } from '@/features/accounts/auth-card';
import { safeNext, useSignIn } from '@/features/accounts/sign-in';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';

export default function LoginPage() {
  const t = useT();
  const router = useRouter();
  const enter = useSignIn();
  const error = enter.error instanceof ApiError ? enter.error : null;
  const severalOrganizations = error?.code === 'organization_needed' || enter.variables?.organization;
  function submit(form: FormData): void {
    const given = {
      username: text(form, 'username'),
      password: String(form.get('password') ?? ''),
      organization: text(form, 'organization'),
    };
    const next = new URLSearchParams(window.location.search).get('next');
    enter.mutate(given, { onSuccess: () => router.replace(safeNext(next)) });
  }
  return (
    <AuthCard
      title={t('auth.welcome')}
      lead={t('auth.lead')}
      action={t('auth.sign_in')}
      busy={enter.isPending || enter.isSuccess}
      error={enter.error}
      onSubmit={submit}
      other={{ question: t('auth.new_here'), words: t('auth.register'), path: '/register/' }}
    >
      <TextInput
        name="username"
        label={t('field.username')}
        autoComplete="username"
        error={error?.field('username')}
        required
        withAsterisk={false}
      />
      <PasswordInput
        name="password"
        label={t('field.password')}
        autoComplete="current-password"
        error={error?.field('password')}
        visibilityToggleButtonProps={{ 'aria-label': t('field.show_password') }}
        required
        withAsterisk={false}
      />
      {severalOrganizations && (
        <TextInput
          name="organization"
          label={t('field.organization')}
          description={t('auth.which_organization')}
          error={error?.field('organization')}
        />
      )}
    </AuthCard>
  );
}
