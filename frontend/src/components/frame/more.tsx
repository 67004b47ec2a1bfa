'use client';

import { Drawer } from '@mantine/core';
import { useT } from '@/lib/i18n';
import { GroupedLinks } from './links';

/** Every screen, on a phone. A link inside closes it. */
export function More({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="80%"
      title={t('nav.label')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click */}
      <nav aria-label={t('nav.all')} onClick={onClose}>
        <GroupedLinks />
      </nav>
    </Drawer>
  );
}
