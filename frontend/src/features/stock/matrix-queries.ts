import { api, type Schemas, take } from '@/lib/api/client';
import { usePages } from '@/lib/pages';
import { given, type StockStatus } from './queries';

export type MatrixRow = Schemas['MatrixRow'];
export type MatrixPage = Schemas['PaginatedMatrixRowList'];
export type Cell = NonNullable<MatrixRow['cells'][number]>;
export const MEASURES = ['on_hand', 'available'] as const;
export type Measure = (typeof MEASURES)[number];
export type MatrixFilters = {
  search: string;
  status: StockStatus[];
  store: string[];
  region: string;
  category: string;
  ordering: string;
};

const ROWS = 60;

/** Products against stores; the head of its first page says which stores the columns are. */
export function useMatrix(filters: MatrixFilters) {
  const list = usePages<MatrixRow>(['stock', 'matrix', filters], (cursor, signal) => {
    const query = { ...given(filters), page_size: ROWS, ...(cursor ? { cursor } : {}) };
    return take(api.GET('/api/stocks/matrix/', { params: { query }, signal }));
  });
  const head = list.data?.pages[0] as MatrixPage | undefined;
  return { ...list, head };
}

export type Matrix = ReturnType<typeof useMatrix>;
