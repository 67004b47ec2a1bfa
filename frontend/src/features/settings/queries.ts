import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { usePages } from '@/lib/pages';
import { SESSION_KEY } from '@/lib/session';

export type Organization = Schemas['Organization'];
export type Member = Schemas['Member'];
export type Invitation = Schemas['Invitation'];
export type MemberChange = Schemas['PatchedMemberChangeRequest'];
export type RoleName = Schemas['RoleEnum'];
export const ROLES: RoleName[] = ['staff', 'manager', 'admin'];

const paging = (cursor: string | undefined) => ({ page_size: 100, ...(cursor ? { cursor } : {}) });

/** A change, after which the lists that it makes old are read again. */
export function useChange<V, R>(change: (values: V) => Promise<R>, ...old: string[]) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await Promise.all(old.map((word) => queries.invalidateQueries({ queryKey: [word] })));
    },
  });
}

export function useOrganization() {
  return useQuery({
    queryKey: ['organization'],
    queryFn: ({ signal }) => take(api.GET('/api/organization/', { signal })),
  });
}

/** The name, the clock and the currency stand in every screen's frame, so the session is read again too. */
export const useChangeOrganization = () =>
  useChange(
    (body: Schemas['PatchedOrganizationRequest']) => take(api.PATCH('/api/organization/', { body })),
    'organization',
    SESSION_KEY[0],
  );

export const useMembers = () =>
  usePages<Member>(['members'], (cursor, signal) =>
    take(api.GET('/api/members/', { params: { query: paging(cursor) }, signal })),
  );

export const useChangeMember = () =>
  useChange(
    ({ id, ...body }: MemberChange & { id: number }) =>
      take(api.PATCH('/api/members/{id}/', { params: { path: { id: String(id) } }, body })),
    'members',
    SESSION_KEY[0],
  );

export const useRemoveMember = () =>
  useChange(
    (id: number) => take(api.DELETE('/api/members/{id}/', { params: { path: { id: String(id) } } })),
    'members',
  );

export const useInvitations = () =>
  usePages<Invitation>(['invitations'], (cursor, signal) =>
    take(api.GET('/api/invitations/', { params: { query: { ...paging(cursor), is_open: true } }, signal })),
  );

export const useInvite = () =>
  useChange((body: Schemas['InviteRequest']) => take(api.POST('/api/invitations/', { body })), 'invitations');

export const useWithdraw = () =>
  useChange(
    (id: number) => take(api.DELETE('/api/invitations/{id}/', { params: { path: { id: String(id) } } })),
    'invitations',
  );

export const useChangePassword = () =>
  useChange((body: Schemas['PasswordChangeRequest']) => take(api.POST('/api/auth/password/', { body })));
