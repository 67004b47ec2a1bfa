'use client';

import { Badge, type Tone } from '@/components/badge';
import { useT } from '@/lib/i18n';
import type { TransferStatus } from './queries';

const TONES: Record<TransferStatus, Tone> = {
  draft: 'plain',
  requested: 'info',
  approved: 'info',
  dispatched: 'warn',
  partially_received: 'warn',
  received: 'good',
  closed: 'plain',
  cancelled: 'plain',
};

export function TransferBadge({ status }: { status: TransferStatus }) {
  const t = useT();
  return <Badge tone={TONES[status]}>{t(`transfer.${status}`)}</Badge>;
}
