'use client';

import dynamic from 'next/dynamic';
import { Waiting } from '@/components/feedback';
import { StoresScreen } from '@/features/stores/stores-screen';
import { useUrl } from '@/lib/url';

const StoreScreen = dynamic(
  () => import('@/features/stores/store-screen').then((module) => module.StoreScreen),
  {
    ssr: false,
    loading: Waiting,
  },
);

/** `/stores/` lists them, `/stores/?id=7` is one. */
export default function StoresPage() {
  const { get } = useUrl();
  const id = Number(get('id'));
  return Number.isSafeInteger(id) && id > 0 ? <StoreScreen key={id} id={id} /> : <StoresScreen />;
}
