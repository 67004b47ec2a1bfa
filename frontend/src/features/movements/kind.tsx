'use client';

import { Badge, type Tone } from '@/components/badge';
import { useT } from '@/lib/i18n';
import type { Kind, Movement } from './queries';

const TONES: Partial<Record<Kind, Tone>> = {
  receipt: 'good',
  customer_return: 'good',
  transfer_receipt: 'good',
  opening: 'good',
  sale: 'info',
  removal: 'warn',
  supplier_return: 'warn',
  transfer_dispatch: 'info',
};

export function KindBadge({ kind }: { kind: Kind }) {
  const t = useT();
  return <Badge tone={TONES[kind] ?? 'plain'}>{t(`kind.${kind}`)}</Badge>;
}

/** Applied needs no word: nearly all are. */
export function StateBadge({ movement }: { movement: Movement }) {
  const t = useT();
  if (movement.status === 'applied') return null;
  return (
    <Badge tone={movement.status === 'rejected' ? 'bad' : 'warn'}>{t(`movement.${movement.status}`)}</Badge>
  );
}
