import type { Schemas } from '@/lib/api/client';

export type Kind = Schemas['ImportKindEnum'];

export const KINDS: Kind[] = [
  'unified',
  'sales',
  'products',
  'inventory',
  'opening',
  'suppliers',
  'history',
  'shopify_inventory',
  'shopify_products',
];
export const isKind = (text: string): text is Kind => (KINDS as string[]).includes(text);

/** What a column of a file can be. */
export const COLUMNS = [
  'store',
  'product',
  'sku',
  'barcode',
  'name',
  'category',
  'supplier',
  'unit_cost',
  'price',
  'quantity',
  'date',
  'stock',
  'operation',
  'reorder_level',
  'reference',
  'email',
  'phone',
  'contact_name',
  'address',
  'lead_time_days',
] as const;
export type OurColumn = (typeof COLUMNS)[number];
export const isColumn = (text: string): text is OurColumn => (COLUMNS as readonly string[]).includes(text);

/** Our column to the file's: how the API is told what a file's columns mean. */
export type Mapping = Partial<Record<string, string>>;
/** A file's column to ours: how a person reads the file from left to right. */
export type Meanings = Record<string, OurColumn | ''>;

const NEEDED: Partial<Record<Kind, OurColumn[]>> = {
  unified: ['quantity', 'date', 'stock'],
  sales: ['quantity', 'date'],
  inventory: ['quantity', 'operation'],
  opening: ['stock'],
  suppliers: ['name'],
};
const NAMES_A_PRODUCT: OurColumn[] = ['product', 'sku', 'barcode', 'name'];
const OF_NO_PRODUCT = new Set<Kind>(['suppliers', 'history']);

export function meaningsOf(header: string[], mapping: Mapping): Meanings {
  const known = new Map(Object.entries(mapping).map(([ours, theirs]) => [theirs, ours]));
  return Object.fromEntries(
    header.map((name) => {
      const ours = known.get(name) ?? '';
      return [name, isColumn(ours) ? ours : ''];
    }),
  );
}

/** The mapping to send. A column that had a meaning and lost it is sent with an empty name: it is not to be used. */
export function mappingOf(meanings: Meanings, former: Mapping = {}): Record<string, string> {
  const chosen = Object.entries(meanings).filter(([, ours]) => ours !== '');
  const used = Object.fromEntries(chosen.map(([theirs, ours]) => [ours, theirs]));
  const dropped = Object.keys(former).filter((ours) => !(ours in used));
  return { ...used, ...Object.fromEntries(dropped.map((ours) => [ours, ''])) };
}

export type Lack = { twice: OurColumn[]; missing: OurColumn[]; noProduct: boolean };

/** What keeps these meanings from being a file of this kind: a column named twice, or one that is not there. */
export function lacking(meanings: Meanings, kind: Kind | ''): Lack {
  const used = Object.values(meanings).filter((ours): ours is OurColumn => ours !== '');
  const isMissing = (column: OurColumn) => !used.includes(column);
  return {
    twice: [...new Set(used.filter((ours, index) => used.indexOf(ours) !== index))],
    missing: kind === '' ? [] : (NEEDED[kind] ?? []).filter(isMissing),
    noProduct: kind !== '' && !OF_NO_PRODUCT.has(kind) && NAMES_A_PRODUCT.every(isMissing),
  };
}

const DELIMITERS = [',', ';', '\t', '|'];

/** The names in the first line of a text file, as far as a browser can tell. The server reads it again. */
export function readHeader(text: string): string[] {
  const line = firstLine(text.replace(/^\uFEFF/, ''));
  const parts = DELIMITERS.map((delimiter) => split(line, delimiter));
  const widest = parts.reduce((best, next) => (next.length > best.length ? next : best));
  return widest.map((name) => name.trim()).filter((name) => name !== '');
}

function firstLine(text: string): string {
  let quoted = false;
  for (let place = 0; place < text.length; place += 1) {
    if (text[place] === '"') quoted = !quoted;
    if (!quoted && (text[place] === '\n' || text[place] === '\r')) return text.slice(0, place);
  }
  return text;
}

function split(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    else if (letter === delimiter && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell];
}

/** A file of each kind to begin with: the names of the columns and a row. */
export const EXAMPLES: Partial<Record<Kind, string>> = {
  unified:
    'sku,product_name,category,quantity_sold,sale_date,stock_after_sale,unit_cost,sale_price\nTEA-1,Green tea,Drinks,2,2026-05-01,18,2.10,3.90\n',
  sales: 'sku,quantity,sale_date,price\nTEA-1,2,2026-05-01,3.90\n',
  products:
    'sku,product_name,category,unit_cost,sale_price,supplier,reorder_level\nTEA-1,Green tea,Drinks,2.10,3.90,Leaf & Co,12\n',
  inventory: 'sku,quantity,operation,date\nTEA-1,24,add,2026-05-01\n',
  opening: 'sku,product_name,stock,unit_cost\nTEA-1,Green tea,40,2.10\n',
  suppliers: 'name,email,phone,lead_time_days\nLeaf & Co,orders@example.com,+44 20 7946 0000,5\n',
  history: 'date,store,item,sales\n2026-05-01,1,1,12\n',
};
