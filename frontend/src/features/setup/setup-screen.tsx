'use client';

import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PAGES } from '@/components/frame/pages';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import css from '@/components/panel.module.css';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { useNewestProducts } from './queries';
import { StoreForm } from './store-form';

const ProductForm = dynamic(() => import('./product-form').then((one) => one.ProductForm), { ssr: false });

const STEPS = ['store', 'products', 'people'] as const;
type Step = (typeof STEPS)[number];

const here = { data: true, error: null, refetch: () => undefined };

/** The first steps of a company: a store, what it sells, who works there. Each can be left out and taken later. */
export function SetupScreen({ invite }: { invite: ReactNode }) {
  const t = useT();
  const { stores } = useSession();
  const { get, set } = useUrl();
  const step: Step = STEPS.find((one) => one === get('step')) ?? (stores.length === 0 ? 'store' : 'products');
  const go = (next: Step) => set({ step: next }, { push: true });
  return (
    <Page title={t('setup.title')} lead={t('setup.lead')}>
      <Group>
        <Tabs
          label={t('setup.steps')}
          value={step}
          options={STEPS.map((value, index) => ({ value, label: `${index + 1}. ${t(`setup.${value}`)}` }))}
          onChange={go}
        />
      </Group>
      <Panel title={t(`setup.${step}`)} asked={here} height={200}>
        {() => (
          <Stack gap="md" maw={560}>
            <Text size="sm" c="dimmed">
              {t(`setup.${step}_lead`)}
            </Text>
            {step === 'store' && <Stores onDone={() => go('products')} />}
            {step === 'products' && <Products onDone={() => go('people')} />}
            {step === 'people' && (
              <>
                {invite}
                <Group justify="flex-end">
                  <Button component={Link} href="/" variant="default">
                    {t('setup.finish')}
                  </Button>
                </Group>
              </>
            )}
          </Stack>
        )}
      </Panel>
    </Page>
  );
}

function Stores({ onDone }: { onDone: () => void }) {
  const { stores } = useSession();
  return (
    <>
      {stores.length > 0 && (
        <ul className={css.rows}>
          {stores.slice(0, 8).map(({ id, name, code }) => (
            <li key={id} className={css.row}>
              <span>{name}</span>
              <span className={css.small}>{code}</span>
            </li>
          ))}
        </ul>
      )}
      <StoreForm onDone={onDone} />
    </>
  );
}

function Products({ onDone }: { onDone: () => void }) {
  const t = useT();
  const { format, stores } = useSession();
  const newest = useNewestProducts();
  const rows = newest.data?.results ?? [];
  if (stores.length === 0) return <Text size="sm">{t('setup.store_first')}</Text>;
  return (
    <>
      {rows.length > 0 && (
        <ul className={css.rows}>
          {rows.map(({ id, name, sku, sale_price }) => (
            <li key={id} className={css.row}>
              <span>
                <span className={css.ellipsis}>{name}</span>
                <span className={css.small}>{sku}</span>
              </span>
              <span className={css.end}>{format.money(sale_price)}</span>
            </li>
          ))}
        </ul>
      )}
      {PAGES.some(({ path }) => path === '/imports/') && (
        <Anchor component={Link} href="/imports/" size="sm">
          {t('setup.by_file')}
        </Anchor>
      )}
      <ProductForm />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('setup.next')}
        </Button>
      </Group>
    </>
  );
}
