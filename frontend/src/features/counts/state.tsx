'use client';

import { Badge, type Tone } from '@/components/badge';
import { useT } from '@/lib/i18n';
import type { CountState } from './queries';

const TONES: Record<CountState, Tone> = {
  planned: 'plain',
  counting: 'info',
  counted: 'warn',
  recount: 'info',
  posted: 'good',
  cancelled: 'plain',
};

export function CountBadge({ state }: { state: CountState }) {
  const t = useT();
  return <Badge tone={TONES[state]}>{t(`count.${state}`)}</Badge>;
}

export const isOpen = (state: CountState): boolean => state === 'counting' || state === 'recount';
