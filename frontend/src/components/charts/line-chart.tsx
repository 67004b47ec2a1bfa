'use client';

import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import { useT } from '@/lib/i18n';
import css from './line-chart.module.css';

export type Point = { day: string; value: number | null };
type Props = {
  label: string;
  points: Point[];
  height?: number;
  showValue: (value: number | null) => string;
  showAxis: (value: number) => string;
  showDay: (day: string) => string;
};

const MIDNIGHT = 'T00:00:00Z';
const seconds = (day: string): number => Date.parse(day + MIDNIGHT) / 1000;
const dayOf = (second: number): string => new Date(second * 1000).toISOString().slice(0, 10);

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** One line over business days, of which the last is still going on. The same figures stand in a table for who cannot see it. */
export function LineChart(props: Props) {
  const { label, points, height = 220, showValue, showDay } = props;
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const reading = useRef<HTMLOutputElement>(null);
  const chart = useRef<uPlot | null>(null);
  const scheme = useComputedColorScheme('light');
  const data = useMemo(() => aligned(points), [points]);
  // What the chart asks of its screen while it lives: always the newest, without being drawn anew for it.
  const now = useRef({ ...props, data, soFar: t('chart.so_far') });
  now.current = { ...props, data, soFar: t('chart.so_far') };

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
      <output ref={reading} className={css.reading} />
      <div ref={box} style={{ height }} aria-hidden />
      <details className={css.table}>
        <summary>{t('chart.as_table')}</summary>
        <div className={css.scroll}>
          <table>
            <tbody>
              {points.map(({ day, value }) => (
                <tr key={day}>
                  <th scope="row">{showDay(day)}</th>
                  <td>{showValue(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** The days, the finished part of the line, and its last step, which is drawn in another way. */
function aligned(points: Point[]): uPlot.AlignedData {
  const last = points.length - 1;
  return [
    points.map(({ day }) => seconds(day)),
    points.map(({ value }, index) => (index === last && index > 0 ? null : value)),
    points.map(({ value }, index) => (index >= last - 1 ? value : null)),
  ];
}

type Now = Pick<Props, 'points' | 'showDay' | 'showValue'> & { soFar: string };

function read(index: number | null | undefined, { points, showDay, showValue, soFar }: Now): string {
  const point = index == null ? undefined : points[index];
  if (!point) return '';
  return `${showDay(point.day)}: ${showValue(point.value)}${index === points.length - 1 ? ` (${soFar})` : ''}`;
}

type Words = Pick<Props, 'showAxis' | 'showDay'> & { shown: (plot: uPlot) => void };

function chartOptions(width: number, height: number, words: Words, scheme: string): uPlot.Options {
  const dark = scheme === 'dark';
  const [line, fill, soft, grid] = dark
    ? ['#6cc4bf', 'rgba(108,196,191,.14)', '#a3b3af', '#2b3835']
    : ['#00716f', 'rgba(0,113,111,.10)', '#53615e', '#dbe3e1'];
  const font = `11px ${colour('--font-inter') || 'sans-serif'}`;
  const axis = { stroke: soft, font, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
  return {
    width,
    height,
    padding: [8, 24, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(most * 1.1, 1)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        space: 72,
        incrs: [1, 2, 3, 7, 14, 30, 60, 90].map((days) => days * 86_400),
        values: (_, ticks) => ticks.map((tick) => words.showDay(dayOf(tick))),
      },
      { ...axis, size: 56, values: (_, ticks) => ticks.map(words.showAxis) },
    ],
    series: [
      {},
      { stroke: line, fill, width: 2, points: { show: false } },
      // The last step is still going on: its figure grows until it ends.
      { stroke: line, width: 2, dash: [3, 4], points: { show: false } },
    ],
    hooks: { setCursor: [words.shown] },
  };
}
