'use client';

import { SystemScreen } from '@/features/system/system-screen';

export default SystemScreen;
