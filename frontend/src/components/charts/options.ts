import type uPlot from 'uplot';

/** A day's figure; beside it another one of the same day, and between what it was sure to lie. */
export type Point = {
  day: string;
  value: number | null;
  other?: number | null | undefined;
  low?: number | null | undefined;
  high?: number | null | undefined;
};

const MIDNIGHT = 'T00:00:00Z';
const seconds = (day: string): number => Date.parse(day + MIDNIGHT) / 1000;
const dayOf = (second: number): string => new Date(second * 1000).toISOString().slice(0, 10);

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The days, the finished part of the line, its last step if that is still going on, the other line, and the band. */
export function aligned(points: Point[], isOpen: boolean): uPlot.AlignedData {
  const last = isOpen && points.length > 1 ? points.length - 1 : points.length;
  return [
    points.map(({ day }) => seconds(day)),
    points.map(({ value }, index) => (index === last ? null : value)),
    points.map(({ value }, index) => (index >= last - 1 && last < points.length ? value : null)),
    points.map(({ other }) => other ?? null),
    points.map(({ low }) => low ?? null),
    points.map(({ high }) => high ?? null),
  ];
}

export type Words = {
  showAxis: (value: number) => string;
  showDay: (day: string) => string;
  shown: (plot: uPlot) => void;
};

export function chartOptions(width: number, height: number, words: Words, scheme: string): uPlot.Options {
  const dark = scheme === 'dark';
  const [line, fill, band, soft, grid] = dark
    ? ['#6cc4bf', 'rgba(108,196,191,.14)', 'rgba(108,196,191,.2)', '#a3b3af', '#2b3835']
    : ['#00716f', 'rgba(0,113,111,.10)', 'rgba(0,113,111,.16)', '#53615e', '#dbe3e1'];
  const font = `11px ${colour('--font-inter') || 'sans-serif'}`;
  const axis = { stroke: soft, font, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
  const points = { show: false };
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
      { stroke: line, fill, width: 2, points },
      // The last step is still going on: its figure grows until it ends.
      { stroke: line, width: 2, dash: [3, 4], points },
      { stroke: soft, width: 1.75, dash: [6, 4], points },
      { points },
      { points },
    ],
    bands: [{ series: [5, 4], fill: band }],
    hooks: { setCursor: [words.shown] },
  };
}
