'use client';

import { useT } from '@/lib/i18n';
import type { Severity } from '@/lib/urgency';
import { Badge, type Tone } from './badge';

export const SEVERITY_TONES: Record<Severity, Tone> = { critical: 'bad', high: 'warn', medium: 'info' };
export const SEVERITY_COLOURS: Record<Severity, string> = {
  critical: 'var(--bad)',
  high: 'var(--warn)',
  medium: 'var(--info)',
};

export function SeverityBadge({ severity }: { severity: Severity }) {
  const t = useT();
  return <Badge tone={SEVERITY_TONES[severity]}>{t(`severity.${severity}`)}</Badge>;
}
