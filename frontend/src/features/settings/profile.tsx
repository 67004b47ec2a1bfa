'use client';

import { PasswordInput, SimpleGrid, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { type FormEvent, type ReactNode, useRef } from 'react';
import { Facts } from '@/components/facts';
import { FormFoot } from '@/components/form-foot';
import { Panel } from '@/components/panel';
import { Tabs } from '@/components/tabs';
import { useTold } from '@/components/told';
import { ApiError } from '@/lib/api/errors';
import { type Density, useDensity } from '@/lib/density';
import { LANGUAGES, type Language, useLanguage, useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { storeWords } from './people';
import { useChangePassword } from './queries';

/** Who one is, one's password, and how one likes to see things. */
export function Profile() {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <Stack gap="md">
        <Oneself />
        <Looks />
      </Stack>
      <Password />
    </SimpleGrid>
  );
}

const here = <T,>(data: T) => ({ data, error: null, refetch: () => undefined });

function Oneself() {
  const t = useT();
  const { caller, storeOf } = useSession();
  const facts: [string, ReactNode][] = [
    [t('field.username'), caller.username],
    [t('field.email'), caller.email || '–'],
    [t('people.role'), t(`role.${caller.role}`)],
    [t('field.stores'), storeWords(caller.stores, storeOf, t)],
    [t('field.company'), caller.organization.name],
    [t('people.costs'), caller.sees_costs ? t('state.yes') : t('state.no')],
  ];
  return (
    <Panel title={t('settings.profile')} asked={here(facts)} height={140}>
      {(rows) => <Facts facts={rows} columns={2} />}
    </Panel>
  );
}

const SCHEMES = ['light', 'dark', 'auto'] as const;
const DENSITIES: Density[] = ['comfortable', 'compact'];

function Looks() {
  const { t, language, speak } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useDensity();
  return (
    <Panel title={t('profile.looks')} asked={here(true)} height={140}>
      {() => (
        <Stack gap="sm" align="flex-start">
          <Named name={t('theme.label')}>
            <Tabs
              label={t('theme.label')}
              value={colorScheme}
              options={SCHEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
              onChange={setColorScheme}
            />
          </Named>
          <Named name={t('density.label')}>
            <Tabs
              label={t('density.label')}
              value={density}
              options={DENSITIES.map((value) => ({ value, label: t(`density.${value}`) }))}
              onChange={setDensity}
            />
          </Named>
          <Named name={t('language.label')}>
            <Tabs
              label={t('language.label')}
              value={language}
              options={(Object.keys(LANGUAGES) as Language[]).map((value) => ({
                value,
                label: LANGUAGES[value].name,
              }))}
              onChange={speak}
            />
          </Named>
        </Stack>
      )}
    </Panel>
  );
}

const Named = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <Text size="xs" c="dimmed" mb={4}>
      {name}
    </Text>
    {children}
  </div>
);

function Password() {
  const t = useT();
  const told = useTold();
  const change = useChangePassword();
  const form = useRef<HTMLFormElement>(null);
  const error = change.error instanceof ApiError ? change.error : null;
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const body = {
      current_password: String(given.get('current_password') ?? ''),
      new_password: String(given.get('new_password') ?? ''),
    };
    change.mutate(body, {
      onSuccess: () => {
        form.current?.reset();
        told(t('profile.password_changed'));
      },
    });
  }
  const field = (name: 'current_password' | 'new_password', description?: string) => (
    <PasswordInput
      name={name}
      label={t(`profile.${name}`)}
      description={description}
      autoComplete={name.replace('_', '-')}
      error={error?.field(name)}
      visibilityToggleButtonProps={{ 'aria-label': t('field.show_password') }}
    />
  );
  return (
    <Panel title={t('profile.password')} asked={here(true)} height={200}>
      {() => (
        <form ref={form} onSubmit={submit} noValidate>
          <Stack gap="sm">
            <Text size="sm" c="dimmed">
              {t('profile.password_lead')}
            </Text>
            {field('current_password')}
            {field('new_password', t('field.password_rule'))}
            <FormFoot error={change.error} busy={change.isPending} action={t('profile.change_password')} />
          </Stack>
        </form>
      )}
    </Panel>
  );
}
