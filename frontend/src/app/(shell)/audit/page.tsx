'use client';

import { AuditScreen } from '@/features/audit/audit-screen';

export default AuditScreen;
