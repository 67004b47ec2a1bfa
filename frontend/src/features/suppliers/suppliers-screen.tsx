'use client';

import { Button, Group, Text } from '@mantine/core';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { Badge } from '@/components/badge';
import { Download } from '@/components/download';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import css from '@/components/panel.module.css';
import { SearchField } from '@/components/search-field';
import { type Column, DataTable } from '@/components/table/data-table';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { chosen, type Supplier, useSuppliers } from './queries';

const SupplierForm = dynamic(() => import('./supplier-form').then((file) => file.SupplierForm));

export function ActiveBadge({ supplier }: { supplier: Supplier }) {
  const t = useT();
  return (
    <Badge tone={supplier.is_active ? 'good' : 'plain'}>
      {t(supplier.is_active ? 'supplier.active' : 'supplier.inactive')}
    </Badge>
  );
}

function Name({ supplier }: { supplier: Supplier }) {
  const { query } = useUrl();
  return (
    <Link
      className={`${css.plain} ${css.ellipsis}`}
      href={href('/suppliers/', query, { id: String(supplier.id) })}
    >
      {supplier.name}
    </Link>
  );
}

function useColumns(): Column<Supplier>[] {
  const t = useT();
  const { format } = useSession();
  return useMemo(
    () => [
      { id: 'name', header: t('supplier.name'), order: 'name', cell: (one) => <Name supplier={one} /> },
      { id: 'contact', header: t('supplier.contact'), width: 180, cell: (one) => one.contact_name || '–' },
      { id: 'email', header: t('field.email'), width: 240, cell: (one) => one.email || '–' },
      { id: 'phone', header: t('supplier.phone'), width: 150, cell: (one) => one.phone || '–' },
      {
        id: 'lead',
        header: t('supplier.lead_time'),
        width: 130,
        end: true,
        order: 'lead_time_days',
        cell: (one) => format.days(one.lead_time_days),
      },
      {
        id: 'status',
        header: t('field.status'),
        width: 120,
        cell: (one) => <ActiveBadge supplier={one} />,
      },
    ],
    [t, format],
  );
}

export function SuppliersScreen() {
  const t = useT();
  const { caller, format } = useSession();
  const { get, set } = useUrl();
  const [adding, setAdding] = useState(false);
  const view = get('view') === 'retired' ? 'retired' : 'active';
  const filters = { search: get('q'), is_active: view === 'active', ordering: get('order') };
  const list = useSuppliers(filters);
  const columns = useColumns();
  const add = mayAct(caller, 'manager') && (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {t('suppliers.new')}
    </Button>
  );
  return (
    <Page
      title={t('nav.suppliers')}
      lead={t('suppliers.lead')}
      actions={
        <>
          <Download
            path="/api/suppliers/"
            filters={{ ...chosen(filters), is_active: String(filters.is_active) }}
          />
          {add}
        </>
      }
    >
      <Group gap="sm">
        <SearchField label={t('suppliers.search')} />
        <Tabs
          label={t('field.status')}
          value={view}
          options={[
            { value: 'active', label: t('supplier.active') },
            { value: 'retired', label: t('supplier.inactive') },
          ]}
          onChange={(next) => set({ view: next === 'active' ? null : next })}
        />
      </Group>
      <DataTable
        label={t('nav.suppliers')}
        list={list}
        columns={columns}
        rowKey={(one) => one.id}
        order={filters.ordering}
        onOrder={(order) => set({ order })}
        empty={
          <Empty title={t(filters.search || view === 'retired' ? 'suppliers.none_found' : 'suppliers.none')}>
            {filters.search || view === 'retired' ? null : t('suppliers.none_lead')}
          </Empty>
        }
        card={(one) => (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <div style={{ minWidth: 0 }}>
              <Name supplier={one} />
              <Text size="xs" c="dimmed" truncate>
                {one.email || one.phone || one.contact_name || '–'}
              </Text>
            </div>
            <Text size="sm" className="figures">
              {format.days(one.lead_time_days)}
            </Text>
          </Group>
        )}
      />
      {adding && <SupplierForm onClose={() => setAdding(false)} />}
    </Page>
  );
}
