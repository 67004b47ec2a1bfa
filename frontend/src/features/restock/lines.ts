import type { Schemas } from '@/lib/api/client';
import { SEVERITIES, type Severity, severityOf } from '@/lib/urgency';

export { severityOf };

export type Line = Schemas['RestockLine'];

/** What is to be ordered: a person's choice goes before the proposal's. */
export const quantityOf = (line: Pick<Line, 'quantity' | 'chosen'>): number => line.chosen ?? line.quantity;

/** What buying the line costs; nothing is paid for goods of another store, and costs may be hidden. */
export function costOf(line: Pick<Line, 'quantity' | 'chosen' | 'source' | 'unit_cost'>): number | null {
  if (line.unit_cost === undefined) return null;
  return line.source === 'buy' ? line.unit_cost * quantityOf(line) : 0;
}

/** The most urgent first, and of those the best use of money. */
export function byUrgency(lines: Line[]): Line[] {
  const place = (line: Line) => SEVERITIES.indexOf(severityOf(line));
  return [...lines].sort((a, b) => place(a) - place(b) || a.rank - b.rank);
}

export type Sum = { lines: number; units: number; cost: number | null };

export function sumOf(lines: Line[]): Sum {
  const costs = lines.map(costOf);
  return {
    lines: lines.length,
    units: lines.reduce((sum, line) => sum + quantityOf(line), 0),
    cost: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
  };
}

export const GROUPINGS = ['from', 'store'] as const;
export type Grouping = (typeof GROUPINGS)[number];
export type Group = { key: string; name: string; isTransfer: boolean; lines: Line[]; worst: Severity };

/** Where the goods come from, or where they go; the group with the most urgent line first. */
export function groupsOf(lines: Line[], by: Grouping): Group[] {
  const groups = new Map<string, Group>();
  for (const line of lines) {
    const { key, name } =
      by === 'store' ? { key: `store-${line.store}`, name: line.store_name } : origin(line);
    const found = groups.get(key);
    const worst = severityOf(line);
    if (!found) {
      const isTransfer = by === 'from' && line.source === 'transfer';
      groups.set(key, { key, name, isTransfer, lines: [line], worst });
      continue;
    }
    found.lines.push(line);
    if (SEVERITIES.indexOf(worst) < SEVERITIES.indexOf(found.worst)) found.worst = worst;
  }
  const rank = (group: Group) => SEVERITIES.indexOf(group.worst);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.lines.length - a.lines.length);
}

export function groupKey(line: Line, by: Grouping): string {
  return by === 'store' ? `store-${line.store}` : origin(line).key;
}

function origin(line: Line): { key: string; name: string } {
  return line.source === 'transfer'
    ? { key: `transfer-${line.from_store}`, name: line.from_store_name ?? '' }
    : { key: `supplier-${line.supplier ?? 0}`, name: line.supplier_name ?? '' };
}

export type Paper = { key: string; kind: Line['source']; from: string; to: string; sum: Sum };

/** The papers that accepting makes: one for each supplier and store, one for each two stores. */
export function papersOf(lines: Line[]): Paper[] {
  const papers = new Map<string, Line[]>();
  for (const line of lines) {
    const key = `${origin(line).key}>${line.store}`;
    papers.set(key, [...(papers.get(key) ?? []), line]);
  }
  return [...papers].map(([key, own]) => {
    const first = own[0] as Line;
    return { key, kind: first.source, from: origin(first).name, to: first.store_name, sum: sumOf(own) };
  });
}

export const fits = (line: Line, words: string): boolean =>
  `${line.product_name} ${line.sku} ${line.supplier_name ?? ''} ${line.from_store_name ?? ''} ${line.store_name}`
    .toLowerCase()
    .includes(words.toLowerCase());

export type Moved = { id: number; before: number; now: number };

/** The lines of a refusal `numbers_changed`: what would be ordered then and now. */
export function movedLines(sent: Record<string, unknown>): Moved[] {
  const lines = sent.lines;
  if (typeof lines !== 'object' || lines === null) return [];
  return Object.entries(lines).map(([id, said]) => {
    const { quantity, quantity_now } = said as { quantity: unknown; quantity_now: unknown };
    return { id: Number(id), before: Number(quantity), now: Number(quantity_now) };
  });
}
