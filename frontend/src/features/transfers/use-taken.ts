'use client';

import { notifications } from '@mantine/notifications';
import { useT } from '@/lib/i18n';
import { useOnce } from '@/lib/once';
import { type Step, type Transfer, useStep } from './queries';

/** Takes a step and says that it is taken; a refusal stays with the form that asked for it. */
export function useTaken(transfer: Transfer, onClose: () => void) {
  const t = useT();
  const step = useStep(transfer.id);
  const [key, refused] = useOnce();
  function take(wanted: Step): void {
    step.mutate(
      { step: wanted, key },
      {
        onSuccess: (now) => {
          const words = t('transfer.now', { number: now.number, status: t(`transfer.${now.status}`) });
          notifications.show({ message: words, closeButtonProps: { 'aria-label': t('action.close') } });
          onClose();
        },
        onError: refused,
      },
    );
  }
  return { take, error: step.error, pending: step.isPending };
}
