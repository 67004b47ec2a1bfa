import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/lib/api/client';
import { usePages } from '@/lib/pages';

export type Supplier = Schemas['Supplier'];
export type SupplierInput = Schemas['SupplierRequest'];
export type SupplierFilters = { search: string; is_active: boolean | null; ordering: string };

export const chosen = ({ search, is_active, ordering }: SupplierFilters) => ({
  ...(search && { search }),
  ...(is_active !== null && { is_active }),
  ...(ordering && { ordering }),
});

export function useSuppliers(filters: SupplierFilters) {
  return usePages<Supplier>(['suppliers', 'list', filters], (cursor, signal) => {
    const query = { ordering: 'name', ...chosen(filters), page_size: 100, ...(cursor ? { cursor } : {}) };
    return take(api.GET('/api/suppliers/', { params: { query }, signal }));
  });
}

const path = (id: number) => ({ path: { id: String(id) } });
export const readSupplier = (id: number, signal?: AbortSignal) =>
  take(api.GET('/api/suppliers/{id}/', { params: path(id), ...(signal ? { signal } : {}) }));

export function useSupplier(id: number) {
  return useQuery({ queryKey: ['suppliers', 'one', id], queryFn: ({ signal }) => readSupplier(id, signal) });
}

export function useLeadTimes(id: number) {
  return useQuery({
    queryKey: ['suppliers', 'lead-times', id],
    queryFn: async ({ signal }) => {
      const params = { ...path(id), query: { page_size: 50 } };
      return (await take(api.GET('/api/suppliers/{id}/lead-times/', { params, signal }))).results;
    },
  });
}

export const createSupplier = (body: SupplierInput) => take(api.POST('/api/suppliers/', { body }));
export const changeSupplier = (id: number, body: Partial<SupplierInput>) =>
  take(api.PATCH('/api/suppliers/{id}/', { params: path(id), body }));

/** Retires what has history and deletes what has none; or brings a retired one back. */
export function useRetire(supplier: Supplier) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (): Promise<'deleted' | 'retired' | 'restored'> => {
      const said = { params: path(supplier.id), headers: { 'If-Match': `"${supplier.version}"` } };
      if (!supplier.is_active) {
        await take(api.POST('/api/suppliers/{id}/restore/', said));
        return 'restored';
      }
      return (await take(api.DELETE('/api/suppliers/{id}/', said))) ? 'retired' : 'deleted';
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['suppliers'] }),
  });
}
