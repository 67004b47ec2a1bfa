'use client';

import dynamic from 'next/dynamic';
import { Waiting } from '@/components/feedback';
import { SuppliersScreen } from '@/features/suppliers/suppliers-screen';
import { useUrl } from '@/lib/url';

const SupplierScreen = dynamic(
  () => import('@/features/suppliers/supplier-screen').then((module) => module.SupplierScreen),
  {
    ssr: false,
    loading: Waiting,
  },
);

/** `/suppliers/` lists them, `/suppliers/?id=7` is one. */
export default function SuppliersPage() {
  const { get } = useUrl();
  const id = Number(get('id'));
  return Number.isSafeInteger(id) && id > 0 ? <SupplierScreen key={id} id={id} /> : <SuppliersScreen />;
}
