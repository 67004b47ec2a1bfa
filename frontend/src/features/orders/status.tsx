'use client';

import { Badge, type Tone } from '@/components/badge';
import { useT } from '@/lib/i18n';
import type { OrderRow, OrderStatus } from './queries';

const TONES: Record<OrderStatus, Tone> = {
  draft: 'plain',
  sent: 'info',
  partially_received: 'warn',
  received: 'good',
  closed: 'plain',
  cancelled: 'plain',
};

export function OrderState({ order }: { order: Pick<OrderRow, 'status' | 'is_late' | 'days_late'> }) {
  const t = useT();
  return (
    <>
      <Badge tone={TONES[order.status]}>{t(`orders.is_${order.status}`)}</Badge>
      {order.is_late && (
        <>
          {' '}
          <Badge tone="bad">
            {t(order.days_late === 1 ? 'orders.late_day' : 'orders.late_days', { days: order.days_late })}
          </Badge>
        </>
      )}
    </>
  );
}
