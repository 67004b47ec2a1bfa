/** Numbers, money and times as the reader's language writes them, in the clock and the currency of the store. */
export type Place = { timeZone: string; currency: string };

export type Format = ReturnType<typeof formatter>;

const DASH = '–';

export function formatter(locale: string, place: Place) {
  const quantities = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 3, signDisplay: 'exceptZero' });
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percents = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const lasting = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const monies = new Map<string, Intl.NumberFormat>();

  function moneyIn(currency: string, compact: boolean): Intl.NumberFormat {
    const key = `${currency}:${compact}`;
    const known = monies.get(key);
    if (known) return known;
    const made = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      ...(compact ? { notation: 'compact' as const, maximumFractionDigits: 1 } : {}),
    });
    monies.set(key, made);
    return made;
  }

  function inZone(
    value: string | null | undefined,
    zone: string,
    options: Intl.DateTimeFormatOptions,
  ): string {
    if (!value) return DASH;
    return new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(new Date(value));
  }

  return {
    quantity: (value: number | null | undefined) => (value == null ? DASH : quantities.format(value)),
    change: (value: number | null | undefined) => (value == null ? DASH : signed.format(value)),
    compact: (value: number | null | undefined) => (value == null ? DASH : short.format(value)),
    percent: (value: number | null | undefined) => (value == null ? DASH : percents.format(value / 100)),
    /** A part of a whole: without the sign that tells growth. */
    share: (value: number | null | undefined) => (value == null ? DASH : shares.format(value / 100)),
    /** How long something takes, in the unit that suits. */
    duration: (seconds: number | null | undefined) =>
      seconds == null ? DASH : inUnit(locale, seconds, DURATIONS),
    bytes: (value: number | null | undefined) => (value == null ? DASH : inUnit(locale, value, SIZES)),
    days: (value: number | null | undefined) => (value == null ? DASH : lasting.format(value)),
    daysAgo: (value: number) => ago.format(-value, 'day'),
    money: (value: number | null | undefined, currency: string = place.currency) =>
      value == null ? DASH : moneyIn(currency, false).format(value),
    moneyCompact: (value: number | null | undefined, currency: string = place.currency) =>
      value == null ? DASH : moneyIn(currency, true).format(value),
    /** An instant by a store's clock. */
    time: (value: string | null | undefined, zone: string = place.timeZone) =>
      inZone(value, zone, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }),
    /** An instant with its year, where a year may be the thing that is wrong. */
    moment: (value: string | null | undefined, zone: string = place.timeZone) =>
      inZone(value, zone, { dateStyle: 'medium', timeStyle: 'short' }),
    timeLong: (value: string | null | undefined, zone: string = place.timeZone) =>
      inZone(value, zone, { dateStyle: 'full', timeStyle: 'long' }),
    /** A business day is a date of the store's, not an instant: no clock may move it. */
    day: (value: string) => inZone(`${value}T00:00:00Z`, 'UTC', { day: 'numeric', month: 'short' }),
    month: (value: string) => inZone(`${value}T00:00:00Z`, 'UTC', { month: 'short', year: 'numeric' }),
    weekday: (value: string) => inZone(`${value}T00:00:00Z`, 'UTC', { weekday: 'short' }),
    dayLong: (value: string) =>
      inZone(`${value}T00:00:00Z`, 'UTC', {
        weekday: 'short',
        day: 'numeric',
        month: 'long',
        year: 'numeric',
      }),
  };
}

type Step = { unit: string; size: number };
const DURATIONS: Step[] = [
  { unit: 'hour', size: 3600 },
  { unit: 'minute', size: 60 },
  { unit: 'second', size: 1 },
];
const SIZES: Step[] = [
  { unit: 'gigabyte', size: 1e9 },
  { unit: 'megabyte', size: 1e6 },
  { unit: 'kilobyte', size: 1e3 },
];

/** A figure in the largest unit that it fills twice, rounded to one digit after the point below ten. */
function inUnit(locale: string, value: number, steps: Step[]): string {
  const step = steps.find(({ size }) => value >= 2 * size) ?? (steps.at(-1) as Step);
  const amount = value / step.size;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: step.unit,
    unitDisplay: 'short',
    maximumFractionDigits: amount < 10 && step.size > 1 ? 1 : 0,
  }).format(amount);
}
