import type { PeriodChoice } from '@/lib/period';

/** What a row of a report can be. */
export type By = 'balance' | 'store' | 'product' | 'category' | 'supplier' | 'transfer';
export type Option = 'as_of' | 'days' | 'basis';
export type Mail = 'low_stock' | 'restock';

export const NAMES = [
  'valuation',
  'ageing',
  'dead-stock',
  'abc-xyz',
  'turnover',
  'days-of-cover',
  'sell-through',
  'shrinkage',
  'restock',
  'transfers-in-transit',
  'low-stock',
  'movements',
  'movements-products',
  'lead-times',
] as const;
export type Name = (typeof NAMES)[number];
export const isName = (text: string): text is Name => (NAMES as readonly string[]).includes(text);

export type Definition = {
  path: string;
  /** What a row may be; lists have rows of one sort. */
  bys: By[];
  /** The period that is meant when none is said; reports of now have none. */
  period?: PeriodChoice;
  /** Takes a first and a last day instead of a period. */
  days?: true;
  options: Option[];
  mail?: Mail;
  /** A page to print can be had of it. */
  prints: boolean;
};

const EVERYWHERE: By[] = ['balance', 'store', 'product', 'category', 'supplier'];
const figures = (name: string, more: Partial<Definition> = {}): Definition => ({
  path: `/api/reports/${name}/`,
  bys: EVERYWHERE,
  options: [],
  prints: true,
  ...more,
});
const list = (name: string, more: Partial<Definition> = {}): Definition => ({
  path: `/api/reports/${name}/`,
  bys: [],
  options: [],
  prints: false,
  ...more,
});

export const REPORTS: Record<Name, Definition> = {
  valuation: figures('valuation', { options: ['as_of'] }),
  ageing: figures('ageing'),
  'dead-stock': figures('dead-stock', { options: ['days'] }),
  'abc-xyz': figures('abc-xyz', { bys: ['product'], period: '3m', options: ['basis'] }),
  turnover: figures('turnover', { period: '3m' }),
  'days-of-cover': figures('days-of-cover', { period: '30d' }),
  'sell-through': figures('sell-through', { period: '30d' }),
  shrinkage: figures('shrinkage', { period: '30d' }),
  restock: figures('restock', { mail: 'restock' }),
  'transfers-in-transit': figures('transfers-in-transit', { bys: ['transfer', 'store', 'product'] }),
  'low-stock': list('low-stock', { mail: 'low_stock' }),
  movements: list('movements', { days: true }),
  'movements-products': list('movements/products', { days: true }),
  'lead-times': list('lead-times'),
};

export const GROUPS = {
  held: ['valuation', 'ageing', 'dead-stock', 'transfers-in-transit'],
  flow: ['turnover', 'sell-through', 'abc-xyz', 'shrinkage', 'movements', 'movements-products'],
  need: ['restock', 'low-stock', 'days-of-cover', 'lead-times'],
} as const satisfies Record<string, readonly Name[]>;
export type Group = keyof typeof GROUPS;

/** What a report's list calls the one a row is about. */
export const LABELLED: Record<By, string[]> = {
  balance: ['product', 'store'],
  store: ['store'],
  product: ['product'],
  category: ['category'],
  supplier: ['supplier'],
  transfer: ['transfer', 'product', 'from_store', 'to_store'],
};
