'use client';

import dynamic from 'next/dynamic';
import { Waiting } from '@/components/feedback';
import { ImportsScreen } from '@/features/imports/imports-screen';
import { useUrl } from '@/lib/url';

const ImportScreen = dynamic(
  () => import('@/features/imports/import-screen').then((module) => module.ImportScreen),
  { ssr: false, loading: Waiting },
);

/** `/imports/` takes files in and lists them, `/imports/?id=7` is one of them. */
export default function ImportsPage() {
  const { get } = useUrl();
  const id = Number(get('id'));
  return Number.isSafeInteger(id) && id > 0 ? <ImportScreen key={id} id={id} /> : <ImportsScreen />;
}
