'use client';

import { NumberInput, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { FormFoot } from '@/components/form-foot';
import { Panel } from '@/components/panel';
import { useTold } from '@/components/told';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { type Organization, useChangeOrganization, useOrganization } from './queries';

const known = (kind: 'timeZone' | 'currency', now: string): string[] => [
  ...new Set([now, ...Intl.supportedValuesOf(kind)]),
];

/** The company: its name, its clock and its rules. */
export function Company() {
  const t = useT();
  const asked = useOrganization();
  return (
    <Panel title={t('settings.company')} asked={asked} height={420}>
      {(organization) => <CompanyForm organization={organization} />}
    </Panel>
  );
}

type Numbers =
  | 'transfer_tolerance_percent'
  | 'purchase_tolerance_percent'
  | 'reservation_hours'
  | 'reservation_max_hours'
  | 'alert_overstock_days'
  | 'alert_overstock_factor'
  | 'alert_dead_days';

function CompanyForm({ organization }: { organization: Organization }) {
  const t = useT();
  const told = useTold();
  const change = useChangeOrganization();
  const [draft, setDraft] = useState<Partial<Organization>>({});
  const error = change.error instanceof ApiError ? change.error : null;
  const now = { ...organization, ...draft };
  const put = (part: Partial<Organization>) => setDraft((before) => ({ ...before, ...part }));

  function submit(event: FormEvent): void {
    event.preventDefault();
    // Only what was touched is sent: a colleague may be changing the rest.
    change.mutate(draft, {
      onSuccess: () => {
        setDraft({});
        told(t('settings.saved'));
      },
    });
  }

  const number = (name: Numbers, suffix?: string) => (
    <NumberInput
      key={name}
      label={t(`company.${name}`)}
      description={t(`company.${name}_lead`)}
      value={now[name]}
      onChange={(value) => put({ [name]: value === '' ? null : value })}
      min={0}
      decimalScale={name.includes('percent') || name.includes('factor') ? 2 : 0}
      suffix={suffix ?? ''}
      error={error?.field(name)}
    />
  );
  const choice = (name: 'time_zone' | 'currency', kind: 'timeZone' | 'currency') => (
    <Select
      label={t(`field.${name}`)}
      description={t(`company.${name}_lead`)}
      data={known(kind, now[name])}
      value={now[name]}
      onChange={(value) => value && put({ [name]: value })}
      searchable
      allowDeselect={false}
      error={error?.field(name)}
    />
  );
  const rule = (name: 'allows_negative_stock' | 'transfers_need_approval') => (
    <Switch
      label={t(`company.${name}`)}
      description={t(`company.${name}_lead`)}
      checked={now[name] ?? false}
      onChange={(event) => put({ [name]: event.currentTarget.checked })}
    />
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg" maw={860}>
        <Rows>
          <TextInput
            label={t('company.name')}
            description={t('company.name_lead')}
            value={now.name}
            onChange={(event) => put({ name: event.currentTarget.value })}
            error={error?.field('name')}
          />
          {choice('time_zone', 'timeZone')}
          {choice('currency', 'currency')}
        </Rows>
        <Section title={t('company.moving')}>
          {rule('transfers_need_approval')}
          {rule('allows_negative_stock')}
          {number('transfer_tolerance_percent', ' %')}
          {number('purchase_tolerance_percent', ' %')}
        </Section>
        <Section title={t('company.reserving')}>
          {number('reservation_hours')}
          {number('reservation_max_hours')}
        </Section>
        <Section title={t('company.alerting')}>
          {number('alert_overstock_days')}
          {number('alert_overstock_factor')}
          {number('alert_dead_days')}
        </Section>
        <FormFoot error={change.error} busy={change.isPending} action={t('action.save')} />
      </Stack>
    </form>
  );
}

const Rows = ({ children }: { children: ReactNode }) => (
  <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" style={{ alignItems: 'end' }}>
    {children}
  </SimpleGrid>
);

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <legend style={{ fontWeight: 620, fontSize: '0.875rem', marginBlockEnd: 10, padding: 0 }}>
        {title}
      </legend>
      <Rows>{children}</Rows>
    </fieldset>
  );
}
