'use client';

import dynamic from 'next/dynamic';
import { Waiting } from '@/components/feedback';
import { ForecastsScreen } from '@/features/forecasts/forecasts-screen';
import { useUrl } from '@/lib/url';

const ForecastScreen = dynamic(
  () => import('@/features/forecasts/forecast-screen').then((module) => module.ForecastScreen),
  { ssr: false, loading: Waiting },
);
const PAIR = /^\d+-\d+$/;

/** `/forecasts/` is all of them, `/forecasts/?id=3-7` product 7 in store 3. */
export default function ForecastsPage() {
  const { get } = useUrl();
  const id = get('id');
  return PAIR.test(id) ? <ForecastScreen key={id} id={id} /> : <ForecastsScreen />;
}
