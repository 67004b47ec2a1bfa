'use client';

import dynamic from 'next/dynamic';
import { Waiting } from '@/components/feedback';
import { ReservationsScreen } from '@/features/reservations/reservations-screen';
import { useUrl } from '@/lib/url';

const ReservationScreen = dynamic(
  () => import('@/features/reservations/reservation-screen').then((module) => module.ReservationScreen),
  {
    ssr: false,
    loading: Waiting,
  },
);

/** `/reservations/` lists them, `/reservations/?id=…` is one. */
export default function ReservationsPage() {
  const { get } = useUrl();
  const id = get('id');
  return id ? <ReservationScreen key={id} id={id} /> : <ReservationsScreen />;
}
