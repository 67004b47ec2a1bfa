'use client';

import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import { useT } from '@/lib/i18n';
import css from './line-chart.module.css';
import { aligned, chartOptions, type Point, type Words } from './options';

export type { Point };

type Props = {
  label: string;
  points: Point[];
  height?: number;
  /** What the line and the dashed one beside it are; without names there is one line, which the label names. */
  names?: { value: string; other: string };
  /** The last day is still going on, which is so unless it is said otherwise. */
  isOpen?: boolean;
  showValue: (value: number | null) => string;
  showAxis: (value: number) => string;
  showDay: (day: string) => string;
};

/** A line over business days, and another to compare it with. The same figures stand in a table for who cannot see it. */
export function LineChart(props: Props) {
  const { label, points, height = 220, names, isOpen = true } = props;
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const reading = useRef<HTMLOutputElement>(null);
  const chart = useRef<uPlot | null>(null);
  // Nothing of it is in the page's markup, so that the first drawing may have the right colours already.
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const data = useMemo(() => aligned(points, isOpen), [points, isOpen]);
  // What the chart asks of its screen while it lives: always the newest, without being drawn anew for it.
  const newest = { ...props, isOpen, data, soFar: t('chart.so_far') };
  const now = useRef(newest);
  now.current = newest;

  useEffect(() => {
    const target = box.current;
    if (!target) return undefined;
    let gone = false;
    const words: Words = {
      showAxis: (value) => now.current.showAxis(value),
      showDay: (day) => now.current.showDay(day),
      shown: (plot) => {
        if (reading.current) reading.current.textContent = read(plot.cursor.idx, now.current);
      },
    };
    const resize = new ResizeObserver(() => chart.current?.setSize({ width: target.clientWidth, height }));
    void import('uplot').then(({ default: Plot }) => {
      if (gone) return;
      const options = chartOptions(target.clientWidth, height, words, scheme);
      chart.current = new Plot(options, now.current.data, target);
      resize.observe(target);
    });
    return () => {
      gone = true;
      resize.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [height, scheme]);

  useEffect(() => chart.current?.setData(data), [data]);

  return (
    <figure className={css.figure} aria-label={label}>
      {names && (
        <div className={css.legend}>
          <span className={css.key}>{names.value}</span>
          <span className={`${css.key} ${css.dashed}`}>{names.other}</span>
        </div>
      )}
      <output ref={reading} className={css.reading} />
      <div ref={box} style={{ height }} aria-hidden />
      <details className={css.table}>
        <summary>{t('chart.as_table')}</summary>
        <FigureTable {...props} />
      </details>
    </figure>
  );
}

function FigureTable({ points, names, showDay, showValue }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by keys
    <div className={css.scroll} tabIndex={0}>
      <table>
        {names && (
          <thead>
            <tr>
              <td />
              <th scope="col">{names.value}</th>
              <th scope="col">{names.other}</th>
            </tr>
          </thead>
        )}
        <tbody>
          {points.map(({ day, value, other }) => (
            <tr key={day}>
              <th scope="row">{showDay(day)}</th>
              <td>{showValue(value)}</td>
              {names && <td>{showValue(other ?? null)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Now = Pick<Props, 'points' | 'names' | 'isOpen' | 'showDay' | 'showValue'> & { soFar: string };

/** What the pointer is over, in words. */
function read(index: number | null | undefined, now: Now): string {
  const { points, names, isOpen, showDay, showValue, soFar } = now;
  const point = index == null ? undefined : points[index];
  if (!point) return '';
  const open = isOpen && index === points.length - 1 ? ` (${soFar})` : '';
  if (!names) return `${showDay(point.day)}: ${showValue(point.value)}${open}`;
  const parts = [
    point.value === null ? '' : `${names.value} ${showValue(point.value)}${open}`,
    point.other == null ? '' : `${names.other} ${showValue(point.other)}`,
  ];
  return `${showDay(point.day)}: ${parts.filter(Boolean).join(' · ')}`;
}
