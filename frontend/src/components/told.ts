'use client';

import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useT } from '@/lib/i18n';

/** Says in passing that something was done. */
export function useTold(): (message: string) => void {
  const t = useT();
  return useCallback(
    (message) => {
      notifications.show({ message, closeButtonProps: { 'aria-label': t('action.close') } });
    },
    [t],
  );
}
