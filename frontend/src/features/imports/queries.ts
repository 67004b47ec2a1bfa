import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, newKey, type Schemas, take } from '@/lib/api/client';
import { upload } from '@/lib/api/upload';
import { usePages } from '@/lib/pages';
import type { Kind } from './columns';

export type Import = Schemas['Import'];
export type ImportRow = Schemas['ImportRow'];
export type ImportStatus = Schemas['ImportStatusEnum'];
export type Outcome = Schemas['ImportProblemOutcomeEnum'];
export type Problem = Schemas['ImportProblem'];
export type Change = Schemas['PatchedImportChangeRequest'];

export const STATUSES: ImportStatus[] = ['ready', 'applying', 'applied', 'failed', 'undone', 'validating'];
const AT_WORK = new Set<ImportStatus>(['uploaded', 'validating', 'applying', 'undoing']);
export const isAtWork = (status: ImportStatus): boolean => AT_WORK.has(status);
const WATCHED_EVERY = 1_000;

export type ImportFilters = { kind: Kind | ''; status: ImportStatus | '' };

export function useImports({ kind, status }: ImportFilters) {
  return usePages<ImportRow>(['imports', 'list', kind, status], (cursor, signal) => {
    const query = {
      page_size: 50,
      ...(kind && { kind: [kind] }),
      ...(status && { status: [status] }),
      ...(cursor && { cursor }),
    };
    return take(api.GET('/api/imports/', { params: { query }, signal }));
  });
}

/** One import, asked again every second while a worker is at it. */
export function useImport(id: number) {
  return useQuery({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) =>
      take(api.GET('/api/imports/{id}/', { params: { path: { id: String(id) } }, signal })),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data.status) ? WATCHED_EVERY : false),
  });
}

/** The rows with something to say; `round` is another one each time the file was judged anew. */
export function useProblems(id: number, outcome: Outcome, round: string) {
  return usePages<Problem>(['imports', 'problems', id, outcome, round], (cursor, signal) => {
    const query = { outcome: [outcome], page_size: 100, ...(cursor && { cursor }) };
    const params = { path: { id: String(id) }, query };
    return take(api.GET('/api/imports/{id}/problems/', { params, signal }));
  });
}

export type Sent = { file: File; kind?: Kind | ''; store?: string; mapping?: Record<string, string> };

export function useSend(onProgress: (part: number) => void) {
  return useMutation({
    mutationFn: ({ file, kind, store, mapping }: Sent) => {
      const form = new FormData();
      form.append('file', file);
      if (kind) form.append('kind', kind);
      if (store) form.append('store', store);
      if (mapping) form.append('mapping', JSON.stringify(mapping));
      return upload<Import>('/api/imports/', form, { key: newKey(), onProgress });
    },
  });
}

type Step = { step: 'apply' | 'undo' } | { step: 'change'; body: Change };

/** Applies, undoes or has read otherwise. What comes back is the import as it is now, at work again. */
export function useStep(id: number) {
  const queries = useQueryClient();
  const path = { id: String(id) };
  return useMutation({
    mutationFn: (given: Step): Promise<Import> => {
      if (given.step === 'change') {
        return take(api.PATCH('/api/imports/{id}/', { params: { path }, body: given.body }));
      }
      return given.step === 'apply'
        ? take(api.POST('/api/imports/{id}/apply/', { params: { path } }))
        : take(api.POST('/api/imports/{id}/undo/', { params: { path } }));
    },
    onSuccess: (job) => {
      queries.setQueryData(['imports', 'one', id], job);
      void queries.invalidateQueries({ queryKey: ['imports', 'list'] });
    },
  });
}
