/** A store's own day, so many days from now: a date, which no clock may move. */
export function storeDay(zone: string, ahead = 0, now = Date.now()): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  const today = new Date(`${parts.format(now)}T00:00:00Z`);
  today.setUTCDate(today.getUTCDate() + ahead);
  return today.toISOString().slice(0, 10);
}
