'use client';

import { Alert, Button, Stack, Text } from '@mantine/core';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Failed } from '@/components/feedback';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import { useVerification } from './queries';

const Modal = dynamic(() => import('@/components/modal').then((module) => module.Modal), { ssr: false });

/** Whether anybody altered the log: recomputed while one waits. */
export function LogCheck() {
  const t = useT();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const check = useVerification(open);
  const found = check.data;
  const Shield = found?.is_whole ? ShieldCheck : ShieldAlert;
  return (
    <>
      <Button
        variant="default"
        leftSection={<ShieldCheck size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('log.check')}
      </Button>
      {open && (
        <Modal title={t('log.check')} onClose={() => setOpen(false)}>
          <Stack gap="sm">
            <Text size="sm" c="dimmed">
              {t('log.check_lead')}
            </Text>
            {check.isFetching ? (
              <Text size="sm" role="status">
                {t('state.loading')}
              </Text>
            ) : check.error ? (
              <Failed error={check.error} retry={() => void check.refetch()} />
            ) : (
              found && (
                <Alert
                  role="status"
                  variant="default"
                  icon={
                    <Shield size={18} color={found.is_whole ? 'var(--good)' : 'var(--bad)'} aria-hidden />
                  }
                  title={found.is_whole ? t('log.whole') : t('log.damaged')}
                >
                  <Text size="sm">
                    {t('log.checked', {
                      entries: format.quantity(found.entries),
                      blocks: format.quantity(found.blocks),
                      seconds: format.quantity(found.seconds),
                    })}
                  </Text>
                  {found.since && (
                    <Text size="sm" mt={4}>
                      {t('log.since', { when: format.time(found.since) })}
                    </Text>
                  )}
                  {found.problems.map((problem) => (
                    <Text key={problem} size="sm" c="var(--bad)" mt={4}>
                      {problem}
                    </Text>
                  ))}
                </Alert>
              )
            )}
          </Stack>
        </Modal>
      )}
    </>
  );
}
