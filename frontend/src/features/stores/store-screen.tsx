'use client';

import { Anchor, Button, Group, Stack } from '@mantine/core';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Crumbs } from '@/components/crumbs';
import { type Fact, Facts } from '@/components/facts';
import { Failed, Waiting } from '@/components/feedback';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { RetireDialog } from '@/components/retire';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { type Store, useRetire, useStore } from './queries';
import { OpenBadge } from './stores-screen';

const StoreForm = dynamic(() => import('./store-form').then((file) => file.StoreForm));
const WORDS = {
  retire: 'store.close',
  retire_lead: 'store.close_lead',
  restore: 'store.reopen',
  restore_lead: 'store.reopen_lead',
} as const;
const SCREENS = [
  ['/stock/', 'nav.stock'],
  ['/movements/', 'nav.movements'],
  ['/transfers/', 'nav.transfers'],
  ['/counts/', 'nav.counts'],
] as const;

export function StoreScreen({ id }: { id: number }) {
  const t = useT();
  const store = useStore(id);
  if (store.error instanceof ApiError && store.error.status === 404) {
    return <Failed error={new ApiError(404, 'not_found', t('store.not_found'))} />;
  }
  if (!store.data && store.error) return <Failed error={store.error} retry={() => void store.refetch()} />;
  if (!store.data) return <Waiting />;
  return <Shown store={store.data} />;
}

function Shown({ store }: { store: Store }) {
  const t = useT();
  const router = useRouter();
  const { caller, format } = useSession();
  const { query } = useUrl();
  const retiring = useRetire(store);
  const [doing, setDoing] = useState<'edit' | 'retire' | null>(null);
  const facts: Fact[] = [
    [t('field.status'), <OpenBadge key="status" store={store} />],
    [t('store.code'), store.code],
    [t('field.kind'), t(`store.kind_${store.kind ?? 'shop'}`)],
    [t('store.region'), store.region || '–'],
    [t('store.location'), store.location || '–'],
    [t('field.time_zone'), store.time_zone],
    [t('field.currency'), store.currency],
    [t('field.updated'), format.time(store.updated_at, store.time_zone)],
  ];
  return (
    <Stack gap={4}>
      <Crumbs list={t('nav.stores')} path="/stores/" here={store.code} />
      <Page
        title={store.name}
        actions={
          <>
            {mayAct(caller, 'manager') && (
              <Button onClick={() => setDoing('edit')}>{t('store.change')}</Button>
            )}
            {mayAct(caller, 'admin') && (
              <Button variant="default" onClick={() => setDoing('retire')}>
                {t(store.is_active ? 'store.close' : 'store.reopen')}
              </Button>
            )}
          </>
        }
      >
        <Panel
          title={t('product.facts')}
          asked={{ data: facts, error: null, refetch: () => undefined }}
          height={80}
        >
          {(rows) => <Facts facts={rows} />}
        </Panel>
        <Group gap="md">
          {SCREENS.map(([path, name]) => (
            <Anchor key={path} component={Link} size="sm" href={href(path, '', { store: String(store.id) })}>
              {t(name)}
            </Anchor>
          ))}
        </Group>
      </Page>
      {doing === 'edit' && <StoreForm store={store} onClose={() => setDoing(null)} />}
      {doing === 'retire' && (
        <RetireDialog
          name={store.name}
          isActive={store.is_active !== false}
          retiring={retiring}
          words={WORDS}
          onDone={(what) => {
            setDoing(null);
            if (what === 'deleted') router.push(href('/stores/', query));
          }}
          onClose={() => setDoing(null)}
        />
      )}
    </Stack>
  );
}
