'use client';

import { Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { CategorySelect } from '@/components/category-select';
import { PeriodSelect } from '@/components/period-select';
import { SupplierSelect } from '@/components/supplier-select';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import type { Definition } from './definitions';

const USUAL_DAYS = 90;
const BASES = ['revenue', 'margin', 'units'] as const;

/** What the report can be asked: what a row is, of which goods, of what time. All of it is in the address. */
export function Filters({ definition }: { definition: Definition }) {
  const t = useT();
  const { get, set } = useUrl();
  const { bys, period, days, options } = definition;
  const by = bys.find((one) => one === get('by')) ?? bys[0];
  return (
    <Group gap="sm" className="no-print" align="flex-end">
      {bys.length > 1 && by && (
        <Tabs
          label={t('reports.by')}
          value={by}
          options={bys.map((value) => ({ value, label: t(`reports.by_${value}`) }))}
          onChange={(next) => set({ by: next === bys[0] ? null : next })}
        />
      )}
      {period && <PeriodSelect usual={period} />}
      {days && <Days />}
      {options.includes('as_of') && (
        <Group gap={6} wrap="nowrap">
          <Text component="label" htmlFor="as-of" size="sm" c="dimmed">
            {t('reports.as_of')}
          </Text>
          <TextInput
            id="as-of"
            type="date"
            value={get('as_of')}
            onChange={(event) => set({ as_of: event.currentTarget.value })}
          />
        </Group>
      )}
      {options.includes('days') && <IdleDays />}
      {options.includes('basis') && <Basis />}
      {bys.length > 0 && (
        <>
          <CategorySelect />
          <SupplierSelect />
          <CurrencySelect />
        </>
      )}
    </Group>
  );
}

function Days() {
  const t = useT();
  const { get, set } = useUrl();
  return (
    <Group gap={6} wrap="nowrap">
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          aria-label={t(`field.${name}`)}
          value={get(name)}
          onChange={(event) => set({ [name]: event.currentTarget.value })}
        />
      ))}
    </Group>
  );
}

function IdleDays() {
  const t = useT();
  const { get, set } = useUrl();
  const keep = useDebouncedCallback(
    (value: string | number) => set({ days: value === USUAL_DAYS ? null : String(value) }),
    300,
  );
  return (
    <NumberInput
      aria-label={t('reports.idle_days')}
      prefix={t('reports.idle_prefix')}
      defaultValue={Number(get('days')) || USUAL_DAYS}
      onChange={keep}
      min={1}
      max={3660}
      allowDecimal={false}
      w={{ base: '100%', sm: 210 }}
    />
  );
}

function Basis() {
  const t = useT();
  const { get, set } = useUrl();
  const { caller } = useSession();
  const bases = BASES.filter((basis) => basis !== 'margin' || caller.sees_costs);
  return (
    <Tabs
      label={t('reports.basis')}
      value={bases.find((one) => one === get('basis')) ?? 'revenue'}
      options={bases.map((value) => ({ value, label: t(`reports.basis_${value}`) }))}
      onChange={(next) => set({ basis: next === 'revenue' ? null : next })}
    />
  );
}

function CurrencySelect() {
  const t = useT();
  const { get, set } = useUrl();
  const { stores, store } = useSession();
  const data = [...new Set((store ? [store] : stores).map(({ currency }) => currency ?? ''))].filter(Boolean);
  if (data.length < 2) return null;
  return (
    <Select
      aria-label={t('field.currency')}
      placeholder={t('sales.all_currencies')}
      data={data}
      value={get('currency') || null}
      onChange={(currency) => set({ currency })}
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      w={{ base: '100%', sm: 160 }}
    />
  );
}
