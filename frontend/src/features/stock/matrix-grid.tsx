'use client';

import { Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { ProductName } from '@/components/product-name';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { href } from '@/lib/url';
import css from './matrix.module.css';
import type { Cell, Matrix, MatrixPage, MatrixRow, Measure } from './matrix-queries';

const ROW = 45;
type Shop = MatrixPage['stores'][number];

/** Only the rows in view are in the document; the first column and the head stay where they are. */
export function MatrixGrid({ list, measure }: { list: Matrix; measure: Measure }) {
  const t = useT();
  const frame = useRef<HTMLElement>(null);
  const rows = list.rows ?? [];
  const stores = list.head?.stores ?? [];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = list;
  useEffect(() => {
    if (last >= rows.length - 15 && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  if (!list.rows) return <Skeleton height={420} radius={10} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself must be scrolled by keys, too
    <section ref={frame} className={css.frame} tabIndex={0} aria-label={t('matrix.title')}>
      <table
        className={css.table}
        aria-label={t('matrix.title')}
        aria-rowcount={hasNextPage ? -1 : rows.length + 1}
      >
        <thead>
          <tr>
            <th scope="col" className={css.first}>
              {t('field.product')}
            </th>
            <th scope="col">{t('matrix.together')}</th>
            {stores.map((store) => (
              <th key={store.id} scope="col" title={store.name}>
                <span className={css.store}>{store.name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Filler height={before} span={stores.length + 2} />}
          {items.map(({ index }) => {
            const row = rows[index];
            return row && <Row key={row.id} row={row} stores={stores} measure={measure} index={index} />;
          })}
          {after > 0 && <Filler height={after} span={stores.length + 2} />}
        </tbody>
      </table>
    </section>
  );
}

const Filler = ({ height, span }: { height: number; span: number }) => (
  <tr aria-hidden>
    <td colSpan={span} style={{ height }} />
  </tr>
);

type RowProps = { row: MatrixRow; stores: Shop[]; measure: Measure; index: number };

function Row({ row, stores, measure, index }: RowProps) {
  const { format } = useSession();
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" className={css.first}>
        <ProductName id={row.id} name={row.name} sku={row.sku} />
      </th>
      <td className={css.sum}>{format.quantity(row[measure])}</td>
      {stores.map((store, column) => (
        <Place key={store.id} row={row} store={store} cell={row.cells[column] ?? null} measure={measure} />
      ))}
    </tr>
  );
}

type PlaceProps = { row: MatrixRow; store: Shop; cell: Cell | null; measure: Measure };

function Place({ row, store, cell, measure }: PlaceProps) {
  const t = useT();
  const { format } = useSession();
  if (!cell?.status) {
    return (
      <td>
        <span className={`${css.cell} ${css.none}`} title={t('matrix.never')}>
          –
        </span>
      </td>
    );
  }
  const value = format.quantity(cell[measure]);
  const words = `${row.name}, ${store.name}: ${value}, ${t(`status.${cell.status}`)}`;
  return (
    <td className={cell.status === 'in_stock' ? undefined : css[cell.status]}>
      <Link
        className={css.cell}
        prefetch={false}
        aria-label={words}
        title={t(`status.${cell.status}`)}
        href={href('/stock/', '', { store: String(store.id), q: row.sku })}
      >
        {value}
      </Link>
    </td>
  );
}
