'use client';

import { CountScreen } from '@/features/counts/count-screen';
import { CountsScreen } from '@/features/counts/counts-screen';
import { useUrl } from '@/lib/url';

/** `/counts/` lists them, `/counts/?id=7` is one. */
export default function CountsPage() {
  const { get } = useUrl();
  const id = Number(get('id'));
  return Number.isSafeInteger(id) && id > 0 ? <CountScreen key={id} id={id} /> : <CountsScreen />;
}
