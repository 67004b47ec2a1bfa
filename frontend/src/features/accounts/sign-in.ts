import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { SESSION_KEY } from '@/lib/session';

type Credentials = { username: string; password: string; organization?: string };

/** Signs in with the browser's cookie, out of reach of scripts. The token that comes beside it is dropped unread. */
async function begin({ username, password, organization }: Credentials): Promise<Schemas['Caller']> {
  const body = { username, password, session: true, ...(organization ? { organization } : {}) };
  return (await take(api.POST('/api/auth/login/', { body }))).user;
}

function useEntering<V>(enter: (values: V) => Promise<Schemas['Caller']>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: enter,
    onSuccess: (user) => {
      queries.clear();
      queries.setQueryData(SESSION_KEY, { authenticated: true, user });
    },
  });
}

export const useSignIn = () => useEntering(begin);

export const useRegister = () =>
  useEntering(async (body: Schemas['RegisterRequest']) => {
    await take(api.POST('/api/auth/register/', { body }));
    return begin({ username: body.username, password: body.password });
  });

export const useJoin = () =>
  useEntering(async (body: Schemas['AcceptRequest'] & { username: string; password: string }) => {
    const { user } = await take(api.POST('/api/invitations/accept/', { body }));
    const { username, password } = body;
    return begin({ username, password, organization: user.organization.slug });
  });

/** Only addresses of this site: a link from elsewhere must not lead a person away after signing in. */
export function safeNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : '/';
}
