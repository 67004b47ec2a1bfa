'use client';

import { Anchor, Breadcrumbs, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useMemo } from 'react';
import { LineChart } from '@/components/charts/line-chart';
import { Facts } from '@/components/facts';
import { Failed, Waiting } from '@/components/feedback';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Tabs } from '@/components/tabs';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { RUNNING, type Running } from '@/lib/period';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { LifecycleBadge } from './products-screen';
import { type Product, useProduct, useProductSales } from './queries';

type Views = 'stock' | 'movements';
type Props = {
  id: number;
  /** What other rooms show of a product; the page hands them in. */
  stock: ReactNode;
  movements: ReactNode;
  forecast: ReactNode;
  onRecord: (product: Product) => void;
};

export function ProductScreen({ id, stock, movements, forecast, onRecord }: Props) {
  const t = useT();
  const product = useProduct(id);
  const { get, set, query } = useUrl();
  const view: Views = get('view') === 'movements' ? 'movements' : 'stock';
  if (product.error instanceof ApiError && product.error.status === 404) {
    return <Failed error={new ApiError(404, 'not_found', t('product.not_found'))} />;
  }
  if (product.error) return <Failed error={product.error} retry={() => void product.refetch()} />;
  if (!product.data) return <Waiting />;
  const { data } = product;
  return (
    <Stack gap={4}>
      <Breadcrumbs fz="sm">
        <Anchor component={Link} size="sm" href={href('/products/', query)}>
          {t('nav.products')}
        </Anchor>
        <Text size="sm" c="dimmed">
          {data.sku}
        </Text>
      </Breadcrumbs>
      <Page
        title={data.name}
        actions={
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => onRecord(data)}>
            {t('record.open')}
          </Button>
        }
      >
        <About product={data} />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <Sales id={id} />
          {forecast}
        </SimpleGrid>
        <Group>
          <Tabs
            label={t('product.views')}
            value={view}
            options={[
              { value: 'stock', label: t('product.stock_by_store') },
              { value: 'movements', label: t('nav.movements') },
            ]}
            onChange={(next) => set({ view: next === 'stock' ? null : next })}
          />
        </Group>
        {view === 'stock' ? stock : movements}
      </Page>
    </Stack>
  );
}

function About({ product }: { product: Product }) {
  const t = useT();
  const { format } = useSession();
  const facts: [string, ReactNode][] = [
    [t('field.lifecycle'), <LifecycleBadge key="lifecycle" value={product.lifecycle} />],
    [t('field.category'), product.category_name ?? '–'],
    [t('field.supplier'), product.supplier_name ?? '–'],
    [t('field.price'), format.money(product.sale_price)],
    // Who may not see costs is not told that there is one.
    ...(product.unit_cost === undefined
      ? []
      : ([[t('field.unit_cost'), format.money(product.unit_cost)]] as [string, ReactNode][])),
    [t('field.reorder_level'), format.quantity(product.reorder_level)],
    [t('field.order_up_to'), format.quantity(product.order_up_to)],
    [t('field.pack_size'), format.quantity(product.pack_size)],
    [t('field.unit'), product.unit || '–'],
    [t('field.barcodes'), product.barcodes?.map(({ code }) => code).join(', ') || '–'],
  ];
  return (
    <Panel
      title={t('product.facts')}
      asked={{ data: facts, error: null, refetch: () => undefined }}
      height={200}
    >
      {(rows) => <Facts facts={rows} columns={{ base: 2, sm: 3, lg: 5 }} />}
    </Panel>
  );
}

function Sales({ id }: { id: number }) {
  const t = useT();
  const { format, store } = useSession();
  const { get, set } = useUrl();
  const period: Running = RUNNING.find((one) => one === get('period')) ?? '30d';
  const sales = useProductSales(id, store ? String(store.id) : '', period);
  const points = useMemo(
    () => (sales.data?.results ?? []).map(({ date, units }) => ({ day: date ?? '', value: units ?? null })),
    [sales.data],
  );
  const periods = (
    <Tabs
      label={t('period.label')}
      value={period}
      options={RUNNING.map((value) => ({ value, label: t(`period.${value}`) }))}
      onChange={(next) => set({ period: next === '30d' ? null : next })}
    />
  );
  return (
    <Panel title={t('product.sales')} asked={sales} height={240} aside={periods}>
      {({ totals }) => (
        <>
          <Text size="sm" className="figures" mb={6}>
            {t('product.sold', { units: format.quantity(totals.units) })}
          </Text>
          <LineChart
            label={t('product.sales')}
            height={170}
            points={points}
            showValue={format.quantity}
            showAxis={format.compact}
            showDay={format.day}
          />
        </>
      )}
    </Panel>
  );
}
