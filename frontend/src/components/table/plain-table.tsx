'use client';

import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { type Column, NARROW } from './data-table';
import css from './data-table.module.css';

type Props<T> = {
  label: string;
  rows: readonly T[];
  columns: Column<T>[];
  rowKey: (row: T) => string | number;
  /** A row on a phone; without it the table is scrolled sideways there. */
  card?: (row: T) => ReactNode;
  /** Cells of a last row, by the columns' ids. */
  foot?: Record<string, ReactNode>;
  /** Stands by itself, not within a panel. */
  framed?: boolean;
};

/** A short table that is there whole, such as the lines of a paper. What is wider than the screen is scrolled in it. */
export function PlainTable<T>({ label, rows, columns, rowKey, card, foot, framed }: Props<T>) {
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const frame = framed ? `${css.frame} ${css.whole}` : '';
  const asked = columns.reduce((sum, { width }) => sum + (width ?? 160), 0);
  if (narrow && card) {
    return (
      <ul className={`${css.list} ${frame}`} aria-label={label}>
        {rows.map((row) => (
          <li key={rowKey(row)} className={css.card}>
            {card(row)}
          </li>
        ))}
      </ul>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: what stands around it is a region already, of the same name
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by keys
    <div className={`${css.wide} ${frame}`} role="group" aria-label={label} tabIndex={0}>
      <table className={`${css.table} ${css.still}`} style={{ minWidth: asked }} aria-label={label}>
        <colgroup>
          {columns.map(({ id, width }) => (
            <col key={id} style={width ? { width } : undefined} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ id, header, end, quiet }) => (
              <th key={id} scope="col" className={end ? css.end : undefined}>
                <span className={quiet ? css.quiet : undefined}>{header}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ id, end, cell }) => (
                <td key={id} className={end ? css.end : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <tr className={css.sum}>
              {columns.map(({ id, end }) => (
                <td key={id} className={end ? css.end : undefined}>
                  {foot[id]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
