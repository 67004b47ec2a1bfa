'use client';

import { Drawer, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useT } from '@/lib/i18n';

type Props = { title: string; onClose: () => void; onSubmit: () => void; children: ReactNode };

/** A form beside the screen it belongs to. */
export function SideForm({ title, onClose, onSubmit, children }: Props) {
  const t = useT();
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSubmit();
  }
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={title}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">{children}</Stack>
      </form>
    </Drawer>
  );
}
