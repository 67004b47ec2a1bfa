'use client';

import { ReservationScreen } from '@/features/reservations/reservation-screen';
import { ReservationsScreen } from '@/features/reservations/reservations-screen';
import { useUrl } from '@/lib/url';

/** `/reservations/` lists them, `/reservations/?id=…` is one. */
export default function ReservationsPage() {
  const { get } = useUrl();
  const id = get('id');
  return id ? <ReservationScreen key={id} id={id} /> : <ReservationsScreen />;
}
