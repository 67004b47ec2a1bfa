'use client';

import { SupplierScreen } from '@/features/suppliers/supplier-screen';
import { SuppliersScreen } from '@/features/suppliers/suppliers-screen';
import { useUrl } from '@/lib/url';

/** `/suppliers/` lists them, `/suppliers/?id=7` is one. */
export default function SuppliersPage() {
  const { get } = useUrl();
  const id = Number(get('id'));
  return Number.isSafeInteger(id) && id > 0 ? <SupplierScreen key={id} id={id} /> : <SuppliersScreen />;
}
