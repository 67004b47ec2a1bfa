'use client';

import { Box } from '@mantine/core';
import { useT } from '@/lib/i18n';
import type { Live } from '@/lib/live';
import css from './frame.module.css';

export function LiveBadge({ state }: { state: Live }) {
  const t = useT();
  return (
    <span className={css.live} data-state={state} role="status">
      <span className={css.dot} aria-hidden />
      <Box component="span" visibleFrom={state === 'live' || state === 'waiting' ? 'sm' : undefined}>
        {t(`live.${state}`)}
      </Box>
    </span>
  );
}
