'use client';

import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { Column } from './data-table';
import css from './data-table.module.css';

type Props<T> = {
  label: string;
  rows: T[];
  columns: Column<T>[];
  rowKey: (row: T) => string | number;
  card: (row: T) => ReactNode;
};

/** A short list that is there as a whole, such as the lines of a paper: looks like DataTable, without its pages. */
export function PlainTable<T>({ label, rows, columns, rowKey, card }: Props<T>) {
  const narrow = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  if (narrow) {
    return (
      <ul className={`${css.frame} ${css.list} ${css.whole}`} aria-label={label}>
        {rows.map((row) => (
          <li key={rowKey(row)} className={css.card}>
            {card(row)}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div className={`${css.frame} ${css.whole}`}>
      <table className={css.table} aria-label={label}>
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
      </table>
    </div>
  );
}
