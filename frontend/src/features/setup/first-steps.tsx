'use client';

import { Alert, Button } from '@mantine/core';
import { Sprout } from 'lucide-react';
import Link from 'next/link';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';

/** The one next action of a company that has no store yet. */
export function FirstSteps() {
  const t = useT();
  const { caller, stores } = useSession();
  if (stores.length > 0 || !mayAct(caller, 'admin')) return null;
  return (
    <Alert
      variant="default"
      icon={<Sprout size={18} color="var(--good)" aria-hidden />}
      title={t('setup.fresh')}
      maw={1440}
      mx="auto"
      mb="md"
    >
      {t('setup.fresh_lead')}
      <div>
        <Button component={Link} href="/setup/" mt="sm">
          {t('setup.start')}
        </Button>
      </div>
    </Alert>
  );
}
