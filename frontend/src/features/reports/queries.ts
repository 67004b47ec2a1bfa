import { api, take } from '@/lib/api/client';
import { type Page, usePages } from '@/lib/pages';
import type { Params } from '@/lib/url';

/** A row says by names what it is about, and its figures. */
export type Row = Record<string, string | number | null | undefined>;
export type Figure = { name: string; label: string; formula: string; unit: string };
type Meta = {
  title: string;
  by: string;
  order: string;
  currencies: string[];
  figures: Figure[];
  note?: string;
  computed_at: string;
  as_of?: string;
  period?: { first_day: string; last_day: string; days: number };
};
/** All reports of figures answer alike; which figures, the answer says itself. */
export type FigureReport = Page<Row> & { meta: Meta; totals: Row[] };

/** Pages of a report, whichever it is: the answer of its first page is kept for what it says about the whole. */
export function useReport<P extends Page<Row> = FigureReport>(path: string, filters: Params) {
  const list = usePages<Row>(['reports', path, filters], (cursor, signal) => {
    const query = { ...filters, page_size: 100, ...(cursor && { cursor }) };
    // One of fourteen addresses with the same shape: the types know each, the compiler not which.
    const params = { query: query as { page_size: number } };
    return take(api.GET(path as '/api/reports/valuation/', { params, signal })) as Promise<Page<Row>>;
  });
  return { list, first: list.data?.pages[0] as P | undefined };
}
