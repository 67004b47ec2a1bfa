'use client';

import { MatrixScreen } from '@/features/stock/matrix-screen';

export default MatrixScreen;
