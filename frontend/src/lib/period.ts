/** Periods that end today. */
export const RUNNING = ['7d', '30d', '3m', '6m', '1y'] as const;
export type Running = (typeof RUNNING)[number];
export const PERIODS = [...RUNNING, 'custom'] as const;
export type PeriodChoice = (typeof PERIODS)[number];

/** What the API is asked: a period of its own, or the days from one to another. */
export type Asked = { period: PeriodChoice; start_date?: string; end_date?: string };

const DAY = /^\d{4}-\d\d-\d\d$/;
const day = (text: string): string | undefined => (DAY.test(text) ? text : undefined);

/** The period that an address names. One of chosen days begins somewhere, so that without a first day it is not asked. */
export function periodOf(get: (name: string) => string, usual: PeriodChoice): Asked {
  const period = PERIODS.find((one) => one === get('period')) ?? usual;
  if (period !== 'custom') return { period };
  const [from, to] = [day(get('from')), day(get('to'))];
  return { period, ...(from && { start_date: from }), ...(to && { end_date: to }) };
}

/** Whether there is enough of it to ask: days somebody is still choosing are not. */
export const isWhole = ({ period, start_date: from, end_date: to }: Asked): boolean =>
  period !== 'custom' || (from !== undefined && (to === undefined || from <= to));

const MANY_DAYS = 120;

/** Steps that leave a chart readable: days, or weeks where there are many. */
export function stepOf({ period, start_date: from, end_date: to }: Asked): 'day' | 'week' {
  if (period !== 'custom') return period === '6m' || period === '1y' ? 'week' : 'day';
  if (!from) return 'day';
  const days = ((to ? Date.parse(to) : Date.now()) - Date.parse(from)) / 86_400_000;
  return days > MANY_DAYS ? 'week' : 'day';
}
