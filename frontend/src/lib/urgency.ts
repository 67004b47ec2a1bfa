import type { Schemas } from '@/lib/api/client';

export type Severity = Schemas['AlertSeverityEnum'];
/** The worst first. */
export const SEVERITIES: Severity[] = ['critical', 'high', 'medium'];
const A_DAY = 1;
const A_WEEK = 7;

/** How urgent a line of a proposal is, as alerts are: whether what is there and coming lasts a day, a week, or longer. */
export function severityOf({ days_of_cover: days }: Pick<Schemas['RestockLine'], 'days_of_cover'>): Severity {
  if (days === null) return 'medium';
  return days < A_DAY ? 'critical' : days < A_WEEK ? 'high' : 'medium';
}
