'use client';

import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Crumbs } from '@/components/crumbs';
import { type Fact, Facts } from '@/components/facts';
import { Empty, Failed, Waiting } from '@/components/feedback';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { ProductName } from '@/components/product-name';
import { RetireDialog } from '@/components/retire';
import { PlainTable } from '@/components/table/plain-table';
import type { Schemas } from '@/lib/api/client';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { type Supplier, useLeadTimes, useRetire, useSupplier } from './queries';
import { ActiveBadge } from './suppliers-screen';

const SupplierForm = dynamic(() => import('./supplier-form').then((file) => file.SupplierForm));
const WORDS = {
  retire: 'supplier.retire',
  retire_lead: 'supplier.retire_lead',
  restore: 'supplier.restore',
  restore_lead: 'supplier.restore_lead',
} as const;

export function SupplierScreen({ id }: { id: number }) {
  const t = useT();
  const supplier = useSupplier(id);
  if (supplier.error instanceof ApiError && supplier.error.status === 404) {
    return <Failed error={new ApiError(404, 'not_found', t('supplier.not_found'))} />;
  }
  if (!supplier.data && supplier.error)
    return <Failed error={supplier.error} retry={() => void supplier.refetch()} />;
  if (!supplier.data) return <Waiting />;
  return <Shown supplier={supplier.data} />;
}

function Shown({ supplier }: { supplier: Supplier }) {
  const t = useT();
  const router = useRouter();
  const { caller, format } = useSession();
  const { query } = useUrl();
  const retiring = useRetire(supplier);
  const [doing, setDoing] = useState<'edit' | 'retire' | null>(null);
  const facts: Fact[] = [
    [t('field.status'), <ActiveBadge key="status" supplier={supplier} />],
    [t('supplier.contact'), supplier.contact_name || '–'],
    [
      t('field.email'),
      supplier.email ? (
        <Anchor key="email" size="sm" href={`mailto:${supplier.email}`}>
          {supplier.email}
        </Anchor>
      ) : (
        '–'
      ),
    ],
    [t('supplier.phone'), supplier.phone || '–'],
    [t('supplier.lead_time'), format.days(supplier.lead_time_days)],
    [t('supplier.address'), supplier.address || '–'],
  ];
  return (
    <Stack gap={4}>
      <Crumbs list={t('nav.suppliers')} path="/suppliers/" here={supplier.name} />
      <Page
        title={supplier.name}
        actions={
          mayAct(caller, 'manager') && (
            <>
              <Button onClick={() => setDoing('edit')}>{t('supplier.change')}</Button>
              <Button variant="default" onClick={() => setDoing('retire')}>
                {t(supplier.is_active ? 'supplier.retire' : 'supplier.restore')}
              </Button>
            </>
          )
        }
      >
        <Panel
          title={t('product.facts')}
          asked={{ data: facts, error: null, refetch: () => undefined }}
          height={80}
        >
          {(rows) => <Facts facts={rows} columns={3} />}
        </Panel>
        <LeadTimes id={supplier.id} />
      </Page>
      {doing === 'edit' && <SupplierForm supplier={supplier} onClose={() => setDoing(null)} />}
      {doing === 'retire' && (
        <RetireDialog
          name={supplier.name}
          isActive={supplier.is_active !== false}
          retiring={retiring}
          words={WORDS}
          onDone={(what) => {
            setDoing(null);
            if (what === 'deleted') router.push(href('/suppliers/', query));
          }}
          onClose={() => setDoing(null)}
        />
      )}
    </Stack>
  );
}

type LeadTime = Schemas['ProductLeadTime'];

/** How long this supplier takes, product by product, measured by what was delivered. */
function LeadTimes({ id }: { id: number }) {
  const t = useT();
  const { format } = useSession();
  const measured = useLeadTimes(id);
  const days = (value: number | null) =>
    value === null ? '–' : format.quantity(Math.round(value * 10) / 10);
  const number = (id: string, header: string, value: (row: LeadTime) => string) => ({
    id,
    header,
    width: 150,
    end: true,
    cell: value,
  });
  return (
    <Panel title={t('supplier.measured')} asked={measured} height={120}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty title={t('supplier.not_measured')}>{t('supplier.not_measured_lead')}</Empty>
        ) : (
          <PlainTable
            framed
            label={t('supplier.measured')}
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'product',
                header: t('field.product'),
                cell: (row) => <ProductName id={row.id} name={row.name} sku={row.sku} />,
              },
              number('planned', t('supplier.planned_days'), (row) => days(row.planned_days)),
              number('mean', t('supplier.mean_days'), (row) => days(row.full_mean ?? row.first_mean)),
              number('last', t('supplier.last_days'), (row) => days(row.last_days)),
              number('count', t('supplier.deliveries'), (row) => format.quantity(row.first_count)),
            ]}
            card={(row) => (
              <Group justify="space-between" wrap="nowrap" gap="sm">
                <ProductName id={row.id} name={row.name} sku={row.sku} />
                <Text size="sm" className="figures">
                  {days(row.full_mean ?? row.first_mean)}
                </Text>
              </Group>
            )}
          />
        )
      }
    </Panel>
  );
}
