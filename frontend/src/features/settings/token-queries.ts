import { api, type Schemas, take } from '@/lib/api/client';
import { usePages } from '@/lib/pages';
import { useChange } from './queries';

export type Token = Schemas['Token'];
export type IssuedToken = Schemas['IssuedToken'];
export type Scope = Schemas['ScopesEnum'];

/** What a token may be limited to; to write an area includes to read it. */
export const AREAS = ['stock', 'catalog', 'stores', 'reports', 'audit', 'accounts'] as const;

export const useTokens = (ended: boolean) =>
  usePages<Token>(['tokens', ended], (cursor, signal) => {
    const query = { kind: 'integration' as const, is_active: !ended, page_size: 100 };
    return take(
      api.GET('/api/tokens/', { params: { query: { ...query, ...(cursor && { cursor }) } }, signal }),
    );
  });

export const useCreateToken = () =>
  useChange((body: Schemas['TokenCreateRequest']) => take(api.POST('/api/tokens/', { body })), 'tokens');

const one = (id: number) => ({ path: { id: String(id) } });

export const useRotateToken = () =>
  useChange(
    ({ id, hours }: { id: number; hours: number }) =>
      take(api.POST('/api/tokens/{id}/rotate/', { params: one(id), body: { overlap_hours: hours } })),
    'tokens',
  );

export const useRevokeToken = () =>
  useChange((id: number) => take(api.DELETE('/api/tokens/{id}/', { params: one(id) })), 'tokens');
