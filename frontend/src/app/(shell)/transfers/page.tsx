'use client';

import dynamic from 'next/dynamic';
import { Waiting } from '@/components/feedback';
import { TransfersScreen } from '@/features/transfers/transfers-screen';
import { useUrl } from '@/lib/url';

const TransferScreen = dynamic(
  () => import('@/features/transfers/transfer-screen').then((module) => module.TransferScreen),
  {
    ssr: false,
    loading: Waiting,
  },
);

/** `/transfers/` lists them, `/transfers/?id=…` is one. */
export default function TransfersPage() {
  const { get } = useUrl();
  const id = get('id');
  return id ? <TransferScreen key={id} id={id} /> : <TransfersScreen />;
}
