import type { Format } from '@/lib/format';
import type { Translate, Words } from '@/lib/i18n';
import type { Store } from '@/lib/session';
import type { Entry } from './queries';

const plain = (name: string): string => name.replace(/[._]/g, ' ');

/** Nouns that say too little without their room, or are a programmer's. */
const NOUNS: Record<string, Words> = {
  'forecasting.line': 'noun.restock_line',
  'forecasting.proposal': 'noun.restock_proposal',
  'forecasting.run': 'noun.forecast',
  'stock.history': 'noun.history',
  'stock.purchase': 'noun.purchase',
  'webhooks.endpoint': 'noun.webhook',
};

/** `catalog.product.updated` as a person says it: the room is left out where the noun says enough. */
export function actionWords(action: string, t: Translate): string {
  const parts = action.split('.');
  const noun = NOUNS[parts.slice(0, -1).join('.')];
  if (noun) return `${t(noun)} ${plain(parts.at(-1) ?? '')}`;
  const words = plain((parts.length > 2 ? parts.slice(1) : parts).join(' '));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export type Reader = { t: Translate; format: Format; storeOf: (id: number) => Store | undefined };

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const STORES = new Set(['store', 'stores', 'store_id', 'store_ids', 'from_store', 'to_store']);

/** A value of the log in words; the names of stores stand for their ids. */
export function valueWords(field: string, value: unknown, reader: Reader): string {
  const { t, format, storeOf } = reader;
  if (value === null || value === undefined || value === '') return t('log.nothing');
  if (typeof value === 'boolean') return value ? t('state.yes') : t('state.no');
  if (typeof value === 'number') {
    const store = STORES.has(field) ? storeOf(value) : undefined;
    return store?.name ?? (field.endsWith('_id') || field === 'id' ? String(value) : format.quantity(value));
  }
  if (Array.isArray(value)) {
    const words = value.map((one) =>
      typeof one === 'object' ? JSON.stringify(one) : valueWords(field, one, reader),
    );
    return words.join(', ') || t('log.nothing');
  }
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  return INSTANT.test(text) ? format.time(text) : text;
}

export type Difference = { field: string; name: string; before: unknown; after: unknown };

/** The fields of which something changed, named as people name them. */
export function differences({ before, after }: Pick<Entry, 'before' | 'after'>): Difference[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .map((field) => ({ field, name: plain(field), before: before?.[field], after: after?.[field] }))
    .filter(({ before: was, after: is }) => JSON.stringify(was) !== JSON.stringify(is));
}

/** A change in one line, for a list. */
export function summary(entry: Entry, reader: Reader): string {
  const shown = differences(entry).slice(0, 3);
  return shown
    .map(({ field, name, before, after }) => {
      const now = valueWords(field, after, reader);
      return entry.before && entry.after
        ? `${name}: ${valueWords(field, before, reader)} → ${now}`
        : `${name}: ${entry.after ? now : valueWords(field, before, reader)}`;
    })
    .join(' · ');
}
