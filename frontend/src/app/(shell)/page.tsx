'use client';

import { OverviewScreen } from '@/features/overview/overview-screen';
import { FirstSteps } from '@/features/setup/first-steps';

export default function OverviewPage() {
  return (
    <>
      <FirstSteps />
      <OverviewScreen />
    </>
  );
}
