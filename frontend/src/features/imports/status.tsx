'use client';

import { Badge, type Tone } from '@/components/badge';
import { useT } from '@/lib/i18n';
import { isKind } from './columns';
import type { ImportStatus } from './queries';

const TONES: Partial<Record<ImportStatus, Tone>> = {
  applied: 'good',
  ready: 'info',
  applying: 'warn',
  validating: 'warn',
  uploaded: 'warn',
  undoing: 'warn',
  failed: 'bad',
};

export function ImportBadge({ status }: { status: ImportStatus }) {
  const t = useT();
  return <Badge tone={TONES[status] ?? 'plain'}>{t(`import.status_${status}`)}</Badge>;
}

/** The kind in words; nothing until it is known. */
export function useKindName(): (kind: string) => string {
  const t = useT();
  return (kind) => (isKind(kind) ? t(`import.kind_${kind}`) : '–');
}
