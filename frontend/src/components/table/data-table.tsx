'use client';

import { useMediaQuery } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Failed } from '@/components/feedback';
import { useDensity } from '@/lib/density';
import { useT } from '@/lib/i18n';
import type { Pages } from '@/lib/pages';
import css from './data-table.module.css';

export type Column<T> = {
  id: string;
  header: string;
  /** What stands in the header in its place, such as a box that chooses all rows. */
  head?: ReactNode;
  /** What the figures mean, for who rests on the header. */
  hint?: string;
  /** CSS width; columns without one share what is left. */
  width?: number;
  end?: boolean;
  /** The header is for who hears it only. */
  quiet?: boolean;
  /** The name the API orders by; the header is a button then. */
  order?: string;
  cell: (row: T) => ReactNode;
};

type Props<T> = {
  /** What the table holds, for who cannot see it. */
  label: string;
  list: Pages<T>;
  columns: Column<T>[];
  rowKey: (row: T) => string | number;
  /** A row on a phone. */
  card: (row: T) => ReactNode;
  empty: ReactNode;
  order?: string;
  onOrder?: (order: string) => void;
  /** Has more columns than a screen is wide: it is scrolled sideways, and its head stays where it is. */
  wide?: boolean;
};

const ROW = { comfortable: 46, compact: 36 };
const CARD = 84;
export const NARROW = '(max-width: 47.99em)';

/** A list of any length: only the rows in view are in the document, and the next page comes before its end is reached. */
export function DataTable<T>(props: Props<T>) {
  const { list, empty } = props;
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  if (list.error && !list.rows) return <Failed error={list.error} retry={() => void list.refetch()} />;
  if (list.rows?.length === 0) return <div className={css.frame}>{empty}</div>;
  return (
    <div className={css.frame} aria-busy={list.isPending}>
      <div className={list.isPlaceholderData ? css.old : undefined}>
        {narrow ? <Cards {...props} /> : <Grid {...props} />}
      </div>
      <Foot list={list} />
    </div>
  );
}

function useRows<T>(list: Pages<T>, size: number) {
  const box = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useEffect(() => setMargin((box.current?.getBoundingClientRect().top ?? 0) + window.scrollY), []);
  const count = list.rows?.length ?? 0;
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => size,
    overscan: 8,
    scrollMargin: margin,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = list;
  useEffect(() => {
    if (count > 0 && last >= count - 20 && hasNextPage && !isFetchingNextPage && !isError)
      void fetchNextPage();
  }, [count, last, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const before = (items[0]?.start ?? margin) - margin;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin);
  return { box, items, before, after: Math.max(0, after), measure: virtual.measureElement };
}

const NO_ROWS: never[] = [];

function Grid<T>({ label, list, columns, rowKey, order, onOrder, wide }: Props<T>) {
  const [density] = useDensity();
  const { box, items, before, after } = useRows(list, ROW[density]);
  const rows = list.rows ?? NO_ROWS;
  const asked = columns.reduce((sum, { width }) => sum + (width ?? 160), 0);
  const scrolled = wide ? { className: css.wide, tabIndex: 0, role: 'group', 'aria-label': label } : {};
  return (
    <div ref={box} {...scrolled}>
      <table
        className={wide ? `${css.table} ${css.still}` : css.table}
        style={wide ? { minWidth: asked } : undefined}
        aria-label={label}
        aria-rowcount={list.hasNextPage ? -1 : rows.length + 1}
      >
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={column.width ? { width: column.width } : undefined} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} order={order ?? ''} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {!list.rows && <Bones columns={columns.length} />}
          {before > 0 && <Filler height={before} span={columns.length} />}
          {items.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <tr key={rowKey(row)} aria-rowindex={index + 2}>
                {columns.map((column) => (
                  <td key={column.id} className={column.end ? css.end : undefined}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <Filler height={after} span={columns.length} />}
        </tbody>
      </table>
    </div>
  );
}

function Head<T>({
  column,
  order,
  onOrder,
}: {
  column: Column<T>;
  order: string;
  onOrder: ((order: string) => void) | undefined;
}) {
  const name = column.order;
  const up = order === name;
  const down = order === `-${name}`;
  const sorted = name === undefined ? undefined : up ? 'ascending' : down ? 'descending' : 'none';
  return (
    <th scope="col" className={column.end ? css.end : undefined} aria-sort={sorted}>
      {column.head ? (
        column.head
      ) : name === undefined || !onOrder ? (
        <span className={column.quiet ? css.quiet : undefined} title={column.hint}>
          {column.header}
        </span>
      ) : (
        <button
          type="button"
          className={css.sort}
          data-on={up || down || undefined}
          onClick={() => onOrder(up ? `-${name}` : down ? '' : name)}
        >
          {column.header}
          {up && <ArrowUp size={12} aria-hidden />}
          {down && <ArrowDown size={12} aria-hidden />}
        </button>
      )}
    </th>
  );
}

function Cards<T>({ label, list, rowKey, card }: Props<T>) {
  const { box, items, before, after, measure } = useRows(list, CARD);
  if (!list.rows) return <CardBones />;
  return (
    <div ref={box}>
      <ul className={css.list} aria-label={label}>
        {before > 0 && <li aria-hidden style={{ height: before }} />}
        {items.map(({ index }) => {
          const row = list.rows?.[index];
          return row === undefined ? null : (
            <li key={rowKey(row)} data-index={index} ref={measure} className={css.card}>
              {card(row)}
            </li>
          );
        })}
        {after > 0 && <li aria-hidden style={{ height: after }} />}
      </ul>
    </div>
  );
}

const Filler = ({ height, span }: { height: number; span: number }) => (
  <tr className={css.filler} aria-hidden>
    <td colSpan={span} style={{ height }} />
  </tr>
);

const TEN = Array.from({ length: 10 }, (_, index) => index);

const Bones = ({ columns }: { columns: number }) =>
  TEN.map((row) => (
    <tr key={row} aria-hidden>
      {Array.from({ length: columns }, (_, cell) => `${row}-${cell}`).map((key) => (
        <td key={key}>
          <span
            className={css.bone}
            style={{ width: `${45 + ((key.charCodeAt(0) + key.length * 7) % 4) * 12}%` }}
          />
        </td>
      ))}
    </tr>
  ));

const CardBones = () =>
  TEN.map((row) => (
    <div key={row} className={css.card} style={{ height: CARD }}>
      <span className={css.bone} style={{ width: '60%' }} />
    </div>
  ));

function Foot<T>({ list }: { list: Pages<T> }) {
  const t = useT();
  if (list.isPending) return <div className={css.foot} />;
  if (list.isFetchNextPageError) {
    return (
      <div className={css.foot}>
        <Failed error={list.error} retry={() => void list.fetchNextPage()} />
      </div>
    );
  }
  const count = list.rows?.length ?? 0;
  return (
    <div className={`${css.foot} figures`} role="status">
      {list.hasNextPage ? t('list.more', { count }) : t('list.all', { count })}
    </div>
  );
}
