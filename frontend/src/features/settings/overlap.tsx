'use client';

import { Select } from '@mantine/core';
import { useT } from '@/lib/i18n';

const OVERLAPS = ['0', '1', '24', '168'] as const;
export const USUAL_OVERLAP = '24';

/** For how many hours the old secret goes on beside the new one. */
export function Overlap({ value, onChange }: { value: string; onChange: (hours: string) => void }) {
  const t = useT();
  return (
    <Select
      label={t('token.overlap')}
      data={OVERLAPS.map((hours) => ({ value: hours, label: t(`token.overlap_${hours}`) }))}
      value={value}
      onChange={(next) => onChange(next ?? USUAL_OVERLAP)}
      allowDeselect={false}
    />
  );
}
