'use client';

import { OverviewScreen } from '@/features/overview/overview-screen';

export default OverviewScreen;
