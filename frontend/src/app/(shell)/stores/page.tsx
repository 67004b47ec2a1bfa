'use client';

import { StoreScreen } from '@/features/stores/store-screen';
import { StoresScreen } from '@/features/stores/stores-screen';
import { useUrl } from '@/lib/url';

/** `/stores/` lists them, `/stores/?id=7` is one. */
export default function StoresPage() {
  const { get } = useUrl();
  const id = Number(get('id'));
  return Number.isSafeInteger(id) && id > 0 ? <StoreScreen key={id} id={id} /> : <StoresScreen />;
}
