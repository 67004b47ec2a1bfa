'use client';

import { Button } from '@mantine/core';
import { UserPlus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { SetupScreen } from '@/features/setup/setup-screen';
import { useT } from '@/lib/i18n';

const InviteForm = dynamic(() => import('@/features/settings/invite-form').then((one) => one.InviteForm), {
  ssr: false,
});

export default function SetupPage() {
  const t = useT();
  const [inviting, setInviting] = useState(false);
  return (
    <>
      <SetupScreen
        invite={
          <Button leftSection={<UserPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
            {t('people.invite')}
          </Button>
        }
      />
      {inviting && <InviteForm onClose={() => setInviting(false)} />}
    </>
  );
}
