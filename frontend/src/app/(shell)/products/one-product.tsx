'use client';

import { Skeleton } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Empty } from '@/components/feedback';
import { MovementTable } from '@/features/movements/movement-table';
import { NO_FILTERS, useMovements } from '@/features/movements/queries';
import { ProductScreen } from '@/features/products/product-screen';
import { useStock } from '@/features/stock/queries';
import { StockTable } from '@/features/stock/stock-table';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';

const RecordForm = dynamic(
  () => import('@/features/movements/record-form').then((module) => module.RecordForm),
  { ssr: false },
);
const ProductForecast = dynamic(
  () => import('@/features/forecasts/product-forecast').then((module) => module.ProductForecast),
  { ssr: false, loading: () => <Skeleton height={330} /> },
);

/** A product with what other rooms know of it. */
export function OneProduct({ id }: { id: number }) {
  const [recording, setRecording] = useState<{ id: number; name: string; sku: string } | null>(null);
  return (
    <>
      <ProductScreen
        id={id}
        stock={<Stock id={id} />}
        movements={<Ledger id={id} />}
        forecast={<ProductForecast id={id} />}
        onRecord={setRecording}
      />
      {recording && <RecordForm product={recording} onClose={() => setRecording(null)} />}
    </>
  );
}

function Stock({ id }: { id: number }) {
  const t = useT();
  const { store } = useSession();
  const list = useStock({
    search: '',
    status: [],
    store: store ? String(store.id) : '',
    category: '',
    product: String(id),
    ordering: '',
  });
  const empty = <Empty title={t('product.no_stock')}>{t('product.no_stock_lead')}</Empty>;
  return <StockTable list={list} withStore withProduct={false} empty={empty} />;
}

function Ledger({ id }: { id: number }) {
  const t = useT();
  const { store, stores } = useSession();
  const list = useMovements({ ...NO_FILTERS, product: String(id), store: store ? String(store.id) : '' });
  return (
    <MovementTable
      list={list}
      withProduct={false}
      withStore={!store && stores.length > 1}
      empty={<Empty title={t('movements.none')} />}
    />
  );
}
