'use client';

import { isName } from '@/features/reports/definitions';
import { ReportScreen } from '@/features/reports/report-screen';
import { ReportsScreen } from '@/features/reports/reports-screen';
import { useUrl } from '@/lib/url';

/** `/reports/` names them all, `/reports/?report=valuation` is one of them. */
export default function ReportsPage() {
  const { get } = useUrl();
  const name = get('report');
  return isName(name) ? <ReportScreen key={name} name={name} /> : <ReportsScreen />;
}
