'use client';

import { SalesScreen } from '@/features/sales/sales-screen';

export default SalesScreen;
