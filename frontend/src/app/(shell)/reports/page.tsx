'use client';

import dynamic from 'next/dynamic';
import { isName } from '@/features/reports/definitions';
import { ReportsScreen } from '@/features/reports/reports-screen';
import { useUrl } from '@/lib/url';

const ReportScreen = dynamic(
  () => import('@/features/reports/report-screen').then((module) => module.ReportScreen),
  { ssr: false },
);

/** `/reports/` names them all, `/reports/?report=valuation` is one of them. */
export default function ReportsPage() {
  const { get } = useUrl();
  const name = get('report');
  return isName(name) ? <ReportScreen key={name} name={name} /> : <ReportsScreen />;
}
