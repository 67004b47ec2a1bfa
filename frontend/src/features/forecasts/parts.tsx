'use client';

import { Badge, type Tone } from '@/components/badge';
import type { Schemas } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import css from './forecasts.module.css';
import type { State } from './queries';

type Total = Schemas['ForecastTotal'];

const TONES: Record<State, Tone> = {
  ok: 'good',
  short_history: 'info',
  too_little_history: 'warn',
  group_only: 'warn',
  no_sales: 'plain',
};

export function StateBadge({ state }: { state: State }) {
  const t = useT();
  return <Badge tone={TONES[state]}>{t(`forecast.state_${state}`)}</Badge>;
}

/** Units to come, and below between what they lie 9 times in 10. */
export function Total({ totals, days }: { totals: Total[]; days: number }) {
  const t = useT();
  const format = useFormat();
  const total = totals.find((one) => one.days === days);
  if (!total) return <span className="soft">–</span>;
  const interval = t('forecast.interval', {
    low: format.quantity(round(total.low)),
    high: format.quantity(round(total.high)),
  });
  return (
    <div className={css.total} title={t('forecast.interval_long')}>
      {format.quantity(round(total.units))}
      <span className={css.interval}>{interval}</span>
    </div>
  );
}

/** The interval drawn: its ends, and where in it the expected units are. */
export function IntervalBar({ total }: { total: Total }) {
  const most = Math.max(total.high, total.units) * 1.1 || 1;
  const at = (value: number) => `${(Math.min(value, most) / most) * 100}%`;
  return (
    <span className={css.track} aria-hidden>
      <span
        className={css.range}
        style={{ insetInlineStart: at(total.low), width: at(total.high - total.low) }}
      />
      <span className={css.mark} style={{ insetInlineStart: at(total.units) }} />
    </span>
  );
}

/** Units as a person says them: whole where there are many, a tenth where there are few. */
export const round = (value: number): number =>
  value >= 10 ? Math.round(value) : Math.round(value * 10) / 10;

/** A share of the API's, which is 0 to 1, in percent. */
export const percent = (share: number | null | undefined): number | null =>
  share == null ? null : share * 100;
