const MINUTE = 60_000;
const DAY = /^\d{4}-\d\d-\d\d$/;

export const isDay = (text: string): boolean => DAY.test(text) && !Number.isNaN(Date.parse(text));

/** Minutes by which a zone's clock is ahead of UTC at an instant. */
function ahead(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(instant);
  const at = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'));
  return Math.round((shown - instant) / MINUTE);
}

/** The instant at which a day begins by a zone's clock; `after` so many days later. */
export function beginOfDay(day: string, zone: string, after = 0): string {
  const midnight = Date.parse(`${day}T00:00:00Z`) + after * 1440 * MINUTE;
  // The offset at UTC's midnight may be another than at the zone's own, when the clock is changed between the two.
  const guess = midnight - ahead(midnight, zone) * MINUTE;
  return new Date(midnight - ahead(guess, zone) * MINUTE).toISOString();
}
