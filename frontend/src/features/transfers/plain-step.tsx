'use client';

import { Confirm } from '@/components/confirm';
import { useT } from '@/lib/i18n';
import type { Transfer } from './queries';
import { useTaken } from './use-taken';

type Props = {
  verb: 'request' | 'approve' | 'close' | 'cancel';
  transfer: Transfer;
  onClose: () => void;
};

/** A step that needs no quantities: one more look before it is taken. */
export function PlainStep({ verb, transfer, onClose }: Props) {
  const t = useT();
  const { take, error, pending } = useTaken(transfer, onClose);
  return (
    <Confirm
      title={`${t(`transfer.do_${verb}`)} · ${transfer.number}`}
      lead={t(`transfer.lead_${verb}`)}
      act={t(`transfer.do_${verb}`)}
      asksWhy={verb === 'cancel'}
      error={error}
      pending={pending}
      onConfirm={(reason) => take(verb === 'cancel' ? { verb, body: { reason } } : { verb })}
      onClose={onClose}
    />
  );
}
