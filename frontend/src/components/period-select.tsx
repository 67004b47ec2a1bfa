'use client';

import { Group, TextInput } from '@mantine/core';
import { useT } from '@/lib/i18n';
import { PERIODS, type PeriodChoice, periodOf } from '@/lib/period';
import { useUrl } from '@/lib/url';
import { Tabs } from './tabs';

/** Which days a screen is about, kept in the address; `usual` is what an address without a period means. */
export function PeriodSelect({ usual }: { usual: PeriodChoice }) {
  const t = useT();
  const { get, set } = useUrl();
  const { period, start_date: from, end_date: to } = periodOf(get, usual);
  return (
    <Group gap="xs" maw="100%">
      <Tabs
        label={t('period.label')}
        value={period}
        options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
        onChange={(next) =>
          set({
            period: next === usual ? null : next,
            ...(next !== 'custom' && { from: null, to: null }),
          })
        }
      />
      {period === 'custom' && (
        <Group gap={6} wrap="nowrap">
          <TextInput
            type="date"
            size="xs"
            aria-label={t('field.from')}
            value={from ?? ''}
            max={to}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            size="xs"
            aria-label={t('field.to')}
            value={to ?? ''}
            min={from}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
        </Group>
      )}
    </Group>
  );
}
