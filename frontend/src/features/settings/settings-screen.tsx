'use client';

import { Group, Skeleton } from '@mantine/core';
import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import { Page } from '@/components/page';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { mayAct, type Role, useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';

const loading = () => <Skeleton height={320} />;
const part = (load: () => Promise<ComponentType>) => dynamic(load, { ssr: false, loading });

/** Each part is loaded when it is opened; `needs` is the role the API asks for. */
const PARTS = {
  profile: { part: part(() => import('./profile').then((one) => one.Profile)), needs: 'staff' },
  company: { part: part(() => import('./company').then((one) => one.Company)), needs: 'admin' },
  people: { part: part(() => import('./people').then((one) => one.People)), needs: 'manager' },
  tokens: { part: part(() => import('./tokens').then((one) => one.Tokens)), needs: 'staff' },
  webhooks: { part: part(() => import('./webhooks').then((one) => one.Webhooks)), needs: 'admin' },
  mailings: { part: part(() => import('./mailings').then((one) => one.Mailings)), needs: 'manager' },
} as const satisfies Record<string, { part: ComponentType; needs: Role }>;
type Part = keyof typeof PARTS;

export function SettingsScreen() {
  const t = useT();
  const { caller } = useSession();
  const { get, set } = useUrl();
  const open = (Object.keys(PARTS) as Part[]).filter((name) => mayAct(caller, PARTS[name].needs));
  const shown = open.find((name) => name === get('part')) ?? 'profile';
  const Shown = PARTS[shown].part;
  return (
    <Page title={t('nav.settings')} lead={t(`settings.${shown}_lead`)}>
      <Group>
        <Tabs
          label={t('settings.parts')}
          value={shown}
          options={open.map((value) => ({ value, label: t(`settings.${value}`) }))}
          onChange={(part) => set({ part: part === 'profile' ? null : part, webhook: null }, { push: true })}
        />
      </Group>
      <Shown />
    </Page>
  );
}
