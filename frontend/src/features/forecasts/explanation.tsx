'use client';

import panel from '@/components/panel.module.css';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import css from './forecasts.module.css';
import { percent, round } from './parts';
import type { Forecast } from './queries';

type Props = { forecast: Forecast };

/** Why it is this many, in sentences, and the parts that multiply to it. */
export function Explanation({ forecast }: Props) {
  const t = useT();
  const { format, storeOf } = useSession();
  const { components: part } = forecast;
  const factor = (value: number) => format.percent((value - 1) * 100);
  const facts: [string, string][] = [
    [t('forecast.level'), format.quantity(round(part.level))],
    [t('forecast.average_7'), format.quantity(round(part.average_7_days))],
    [t('forecast.average_28'), format.quantity(round(part.average_28_days))],
    [t('forecast.trend_30'), factor(part.trend_30_days)],
    [t('forecast.season_30'), factor(part.season_30_days)],
    [t('forecast.observed'), format.quantity(forecast.observed_days)],
    [t('forecast.stockouts'), format.quantity(forecast.stockout_days)],
    [
      t('forecast.lost'),
      `${format.quantity(round(forecast.lost_units))} · ${format.money(forecast.lost_money, storeOf(forecast.store_id)?.currency)}`,
    ],
  ];
  return (
    <section className={panel.panel} aria-label={t('forecast.why')}>
      <div className={panel.head}>
        <h2>{t('forecast.why')}</h2>
      </div>
      <ul className={css.sentences}>
        {forecast.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <dl className={css.facts} style={{ marginBlockStart: 14 }}>
        {facts.map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
    </section>
  );
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);

/** How the days of the week differ: 1 is a day as any other. */
export function Weekdays({ forecast }: Props) {
  const t = useT();
  const { format } = useSession();
  const { weekdays, weekly_pattern: weekly, yearly_pattern: yearly } = forecast.components;
  const days = Object.entries(weekdays);
  const most = Math.max(...days.map(([, factor]) => factor), 1);
  const pattern = (found: boolean, strength: number) =>
    found ? t('forecast.pattern', { strength: format.share(percent(strength)) }) : t('forecast.no_pattern');
  return (
    <section className={panel.panel} aria-label={t('forecast.week')}>
      <div className={panel.head}>
        <h2>{t('forecast.week')}</h2>
      </div>
      <ol className={css.week} style={{ height: 150 }}>
        {days.map(([name, factor], index) => (
          <li key={name} className={css.day} title={name}>
            {format.percent((factor - 1) * 100)}
            <span className={css.column} style={{ height: `${(factor / most) * 90}px` }} aria-hidden />
            {/* A week that begins on a Monday, whatever the language: the first one of 2024 did. */}
            {format.weekday(`2024-01-0${index + 1}`)}
          </li>
        ))}
      </ol>
      <dl className={css.facts} style={{ marginBlockStart: 14 }}>
        <Fact name={t('forecast.weekly')} value={pattern(weekly.found, weekly.strength)} />
        <Fact name={t('forecast.yearly')} value={pattern(yearly.found, yearly.strength)} />
      </dl>
    </section>
  );
}

/** How far off it was in tests on the past, beside repeating the week before. */
export function Tests({ forecast }: Props) {
  const t = useT();
  const { format } = useSession();
  const { accuracy } = forecast;
  const share = (value: number | null) => format.share(percent(value));
  const rows: [string, string, string][] = [
    [t('forecasts.off_by'), share(accuracy.wape), share(accuracy.baseline.wape)],
    [
      t('forecasts.bias'),
      format.percent(percent(accuracy.bias)),
      format.percent(percent(accuracy.baseline.bias)),
    ],
    [t('forecast.mape'), share(accuracy.mape), share(accuracy.baseline.mape)],
    [t('forecast.smape'), share(accuracy.smape), share(accuracy.baseline.smape)],
    [t('forecast.mase'), format.quantity(accuracy.mase), format.quantity(accuracy.baseline.mase)],
    [t('forecast.covered'), share(accuracy.coverage_95), '–'],
  ];
  return (
    <section className={panel.panel} aria-label={t('forecast.tests')}>
      <div className={panel.head}>
        <h2>{t('forecast.tests')}</h2>
        <span className={panel.small}>
          {t('forecast.days_tested', { days: format.quantity(accuracy.days_tested) })}
        </span>
      </div>
      <table className={css.measures}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('forecast.ours')}</th>
            <th scope="col">{t('forecast.baseline')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ours, theirs]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{ours}</td>
              <td className="soft">{theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
