'use client';

import { Button, Group, Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { Badge, type Tone } from '@/components/badge';
import { CategorySelect } from '@/components/category-select';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import { ProductName } from '@/components/product-name';
import { SearchField } from '@/components/search-field';
import { Select } from '@/components/select';
import { type Column, DataTable } from '@/components/table/data-table';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { type Product, type ProductFilters, useProducts } from './queries';

const LIFECYCLES = ['new', 'active', 'phase_out', 'discontinued'] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];
const TONES: Record<Lifecycle, Tone> = {
  new: 'info',
  active: 'good',
  phase_out: 'warn',
  discontinued: 'plain',
};

export function LifecycleBadge({ value }: { value: Lifecycle | undefined }): ReactNode {
  const t = useT();
  return value ? <Badge tone={TONES[value]}>{t(`lifecycle.${value}`)}</Badge> : null;
}

function useColumns(): Column<Product>[] {
  const t = useT();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('field.product'),
        order: 'name',
        cell: (one) => <ProductName id={one.id} name={one.name} sku={one.sku} />,
      },
      { id: 'category', header: t('field.category'), width: 170, cell: (one) => one.category_name ?? '–' },
      { id: 'supplier', header: t('field.supplier'), width: 190, cell: (one) => one.supplier_name ?? '–' },
      {
        id: 'lifecycle',
        header: t('field.lifecycle'),
        width: 120,
        cell: (one) => <LifecycleBadge value={one.lifecycle} />,
      },
      {
        id: 'price',
        header: t('field.price'),
        width: 120,
        end: true,
        order: 'sale_price',
        cell: (one) => format.money(one.sale_price),
      },
      {
        id: 'reorder',
        header: t('field.reorder_level'),
        width: 110,
        end: true,
        cell: (one) => format.quantity(one.reorder_level),
      },
    ],
    [t, format],
  );
}

export function ProductsScreen() {
  const t = useT();
  const format = useFormat();
  const { get, set } = useUrl();
  const lifecycle = LIFECYCLES.find((one) => one === get('lifecycle')) ?? '';
  const filters: ProductFilters = {
    search: get('q'),
    category: get('category'),
    lifecycle,
    ordering: get('order'),
  };
  const list = useProducts(filters);
  const columns = useColumns();
  const filtered = Boolean(filters.search || filters.category || lifecycle);
  return (
    <Page
      title={t('nav.products')}
      lead={t('products.lead')}
      actions={<Download path="/api/products/" filters={filters} />}
    >
      <Group gap="sm">
        <SearchField label={t('product.search')} />
        <CategorySelect />
        <Select
          aria-label={t('field.lifecycle')}
          placeholder={t('products.all_lifecycles')}
          data={LIFECYCLES.map((value) => ({ value, label: t(`lifecycle.${value}`) }))}
          value={lifecycle || null}
          onChange={(value) => set({ lifecycle: value })}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          w={{ base: '100%', sm: 170 }}
        />
      </Group>
      <DataTable
        label={t('nav.products')}
        list={list}
        columns={columns}
        rowKey={(one) => one.id}
        order={filters.ordering}
        onOrder={(order) => set({ order })}
        card={(one) => (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <div style={{ minWidth: 0 }}>
              <ProductName
                id={one.id}
                name={one.name}
                sku={[one.sku, one.category_name].filter(Boolean).join(' · ')}
              />
            </div>
            <Text size="sm" fw={560} className="figures">
              {format.money(one.sale_price)}
            </Text>
          </Group>
        )}
        empty={
          <Empty
            title={filtered ? t('products.none_found') : t('products.none')}
            action={
              filtered && (
                <Button
                  variant="default"
                  mt="xs"
                  onClick={() => set({ q: null, category: null, lifecycle: null })}
                >
                  {t('action.clear_filters')}
                </Button>
              )
            }
          >
            {filtered ? null : t('products.none_lead')}
          </Empty>
        }
      />
    </Page>
  );
}
