'use client';

import dynamic from 'next/dynamic';
import { Waiting } from '@/components/feedback';
import { CountsScreen } from '@/features/counts/counts-screen';
import { useUrl } from '@/lib/url';

const CountScreen = dynamic(
  () => import('@/features/counts/count-screen').then((module) => module.CountScreen),
  {
    ssr: false,
    loading: Waiting,
  },
);

/** `/counts/` lists them, `/counts/?id=7` is one. */
export default function CountsPage() {
  const { get } = useUrl();
  const id = Number(get('id'));
  return Number.isSafeInteger(id) && id > 0 ? <CountScreen key={id} id={id} /> : <CountsScreen />;
}
