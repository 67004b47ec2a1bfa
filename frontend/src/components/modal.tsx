'use client';

import { Modal as Mantine } from '@mantine/core';
import type { ReactNode } from 'react';
import { useT } from '@/lib/i18n';

type Props = { title: string; onClose: () => void; children: ReactNode };

/** A dialog over the screen; load it on demand. */
export function Modal({ title, onClose, children }: Props) {
  const t = useT();
  return (
    <Mantine
      opened
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {children}
    </Mantine>
  );
}
