'use client';

import { TransferScreen } from '@/features/transfers/transfer-screen';
import { TransfersScreen } from '@/features/transfers/transfers-screen';
import { useUrl } from '@/lib/url';

/** `/transfers/` lists them, `/transfers/?id=…` is one. */
export default function TransfersPage() {
  const { get } = useUrl();
  const id = get('id');
  return id ? <TransferScreen key={id} id={id} /> : <TransfersScreen />;
}
