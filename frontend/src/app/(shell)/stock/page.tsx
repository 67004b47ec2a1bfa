'use client';

import { StockScreen } from '@/features/stock/stock-screen';

export default StockScreen;
