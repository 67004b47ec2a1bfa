'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { AuthCard, text } from '@/features/accounts/auth-card';
import { PersonFields } from '@/features/accounts/person-fields';
import { useJoin } from '@/features/accounts/sign-in';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';

/** An invitation's secret stands behind the `#`, which browsers send to no server and no log. */
export default function JoinPage() {
  const t = useT();
  const router = useRouter();
  const join = useJoin();
  const [token, setToken] = useState('');
  useEffect(() => setToken(new URLSearchParams(window.location.hash.slice(1)).get('token') ?? ''), []);
  const error = join.error instanceof ApiError ? join.error : null;

  function submit(form: FormData): void {
    const given = { token, username: text(form, 'username'), password: String(form.get('password') ?? '') };
    join.mutate(given, { onSuccess: () => router.replace('/') });
  }
  return (
    <AuthCard
      title={t('auth.join_title')}
      lead={t('auth.join_lead')}
      action={t('auth.join')}
      busy={join.isPending || join.isSuccess}
      error={join.error}
      onSubmit={submit}
      other={{ question: t('auth.known_here'), words: t('auth.sign_in'), path: '/login/' }}
    >
      <PersonFields error={error} needsEmail={false} />
    </AuthCard>
  );
}
