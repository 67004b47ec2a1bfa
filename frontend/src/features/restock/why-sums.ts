const PARTS = [
  ['on_hand', 1],
  ['reserved', -1],
  ['on_hold', -1],
  ['in_transit_in', 1],
  ['on_order', 1],
  ['planned_in', 1],
  ['planned_out', -1],
] as const;
type Name = (typeof PARTS)[number][0];
export type Part = { name: Name; units: number };

/** What is there and coming, part by part as it adds up to the position; parts of nothing are left out, but the first. */
export function positionOf(inputs: Record<string, unknown>): Part[] {
  return PARTS.flatMap(([name, sign]) => {
    const units = Number(inputs[name] ?? 0);
    return name === 'on_hand' || units !== 0 ? [{ name, units: sign * units }] : [];
  });
}
