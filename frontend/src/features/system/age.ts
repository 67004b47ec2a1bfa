import type { Translate } from '@/lib/i18n';

/** How long ago, in the largest unit that says it. */
export function ageWords(seconds: number | null | undefined, locale: string, t: Translate): string {
  if (seconds === null || seconds === undefined) return t('system.none');
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  if (seconds < 90) return words.format(-Math.round(seconds), 'second');
  if (seconds < 5400) return words.format(-Math.round(seconds / 60), 'minute');
  if (seconds < 129_600) return words.format(-Math.round(seconds / 3600), 'hour');
  return words.format(-Math.round(seconds / 86_400), 'day');
}
