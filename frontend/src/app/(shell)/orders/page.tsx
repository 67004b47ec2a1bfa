'use client';

import dynamic from 'next/dynamic';
import { Waiting } from '@/components/feedback';
import { OrdersScreen } from '@/features/orders/orders-screen';
import { useUrl } from '@/lib/url';

const OrderScreen = dynamic(
  () => import('@/features/orders/order-screen').then((module) => module.OrderScreen),
  {
    ssr: false,
    loading: Waiting,
  },
);
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `/orders/` is the list, `/orders/?id=…` one order. */
export default function OrdersPage() {
  const { get } = useUrl();
  const id = get('id');
  return ID.test(id) ? <OrderScreen key={id} id={id} /> : <OrdersScreen />;
}
