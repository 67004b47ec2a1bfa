import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { usePages } from '@/lib/pages';

export type Store = Schemas['Store'];
export type StoreInput = Schemas['StoreRequest'];
export type StoreFilters = { search: string; is_active: boolean | null; ordering: string };

export const chosen = ({ search, is_active, ordering }: StoreFilters) => ({
  ...(search && { search }),
  ...(is_active !== null && { is_active }),
  ...(ordering && { ordering }),
});

export function useStores(filters: StoreFilters) {
  return usePages<Store>(['stores', 'list', filters], (cursor, signal) => {
    const query = { ordering: 'name', ...chosen(filters), page_size: 100, ...(cursor ? { cursor } : {}) };
    return take(api.GET('/api/stores/', { params: { query }, signal }));
  });
}

const path = (id: number) => ({ path: { id: String(id) } });
export const readStore = (id: number, signal?: AbortSignal) =>
  take(api.GET('/api/stores/{id}/', { params: path(id), ...(signal ? { signal } : {}) }));

export function useStore(id: number) {
  return useQuery({ queryKey: ['stores', 'one', id], queryFn: ({ signal }) => readStore(id, signal) });
}

export const createStore = (body: StoreInput) => take(api.POST('/api/stores/', { body }));
export const changeStore = (id: number, body: Partial<StoreInput>) =>
  take(api.PATCH('/api/stores/{id}/', { params: path(id), body }));

/** Retires what has history and deletes what has none; or brings a retired one back. */
export function useRetire(store: Store) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (): Promise<'deleted' | 'retired' | 'restored'> => {
      const said = { params: path(store.id), headers: { 'If-Match': `"${store.version}"` } };
      if (!store.is_active) {
        await take(api.POST('/api/stores/{id}/restore/', said));
        return 'restored';
      }
      return (await take(api.DELETE('/api/stores/{id}/', said))) ? 'retired' : 'deleted';
    },
    // The stores to choose from everywhere are among them.
    onSettled: () => queries.invalidateQueries({ queryKey: ['stores'] }),
  });
}
