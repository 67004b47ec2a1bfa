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
    days: (value: number | null | undefined) => (value == null ? DASH : lasting.format(value)),
    daysAgo: (value: number) => ago.format(-value, 'day'),
    money: (value: number | null | undefined, currency: string = place.currency) =>
      value == null ? DASH : moneyIn(currency, false).format(value),
    moneyCompact: (value: number | null | undefined, currency: string = place.currency) =>
      value == null ? DASH : moneyIn(currency, true).format(value),
    /** An instant by a store's clock. */
    time: (value: string | null | undefined, zone: string = place.timeZone) =>
      inZone(value, zone, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }),
    timeLong: (value: string | null | undefined, zone: string = place.timeZone) =>
      inZone(value, zone, { dateStyle: 'full', timeStyle: 'long' }),
    /** A business day is a date of the store's, not an instant: no clock may move it. */
    day: (value: string) => inZone(`${value}T00:00:00Z`, 'UTC', { day: 'numeric', month: 'short' }),
    dayLong: (value: string) =>
      inZone(`${value}T00:00:00Z`, 'UTC', {
        weekday: 'short',
        day: 'numeric',
        month: 'long',
        year: 'numeric',
      }),
  };
}
