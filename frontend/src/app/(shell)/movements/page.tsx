'use client';

import { MovementsScreen } from '@/features/movements/movements-screen';

export default MovementsScreen;
