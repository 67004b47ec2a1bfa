'use client';

import dynamic from 'next/dynamic';
import { Waiting } from '@/components/feedback';
import { ProductsScreen } from '@/features/products/products-screen';
import { useUrl } from '@/lib/url';

const OneProduct = dynamic(() => import('./one-product').then((module) => module.OneProduct), {
  ssr: false,
  loading: Waiting,
});

/** `/products/` is the catalogue, `/products/?id=7` one product. */
export default function ProductsPage() {
  const { get } = useUrl();
  const id = Number(get('id'));
  return Number.isSafeInteger(id) && id > 0 ? <OneProduct key={id} id={id} /> : <ProductsScreen />;
}
