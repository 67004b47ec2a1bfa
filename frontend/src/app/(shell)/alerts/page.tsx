'use client';

import { AlertsScreen } from '@/features/alerts/alerts-screen';

export default AlertsScreen;
