'use client';

import { Badge, type Tone } from '@/components/badge';
import { useT } from '@/lib/i18n';
import type { StockStatus } from './queries';

const TONES: Record<StockStatus, Tone> = {
  in_stock: 'good',
  low: 'warn',
  out: 'bad',
  negative: 'bad',
  over: 'info',
};
export const STATUSES = Object.keys(TONES) as StockStatus[];

export function StatusBadge({ status }: { status: StockStatus }) {
  const t = useT();
  return <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>;
}
