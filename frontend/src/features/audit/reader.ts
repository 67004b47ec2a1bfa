'use client';

import { useMemo } from 'react';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import type { Reader } from './words';

/** What the log's values are put into words with. */
export function useReader(): Reader {
  const t = useT();
  const { format, storeOf } = useSession();
  return useMemo(() => ({ t, format, storeOf }), [t, format, storeOf]);
}
