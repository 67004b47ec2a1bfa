'use client';

import { RestockScreen } from '@/features/restock/restock-screen';

export default RestockScreen;
