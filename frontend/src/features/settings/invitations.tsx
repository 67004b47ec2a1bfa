'use client';

import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { Confirm } from '@/components/confirm';
import { Panel } from '@/components/panel';
import css from '@/components/panel.module.css';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { RoleBadge, storeWords } from './people';
import { type Invitation, useInvitations, useWithdraw } from './queries';

/** Offers that can still be accepted. */
export function OpenInvitations() {
  const t = useT();
  const { format, storeOf } = useSession();
  const list = useInvitations();
  const withdraw = useWithdraw();
  const [leaving, setLeaving] = useState<Invitation | null>(null);
  const asked = { data: list.rows, error: list.error, refetch: list.refetch };
  return (
    <Panel title={t('people.invited')} asked={asked} height={80}>
      {(rows) =>
        rows.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('people.none_invited')}
          </Text>
        ) : (
          <>
            <ul className={css.rows}>
              {rows.map((one) => (
                <li key={one.id} className={css.row}>
                  <div>
                    <span className={css.ellipsis}>
                      {one.email} <RoleBadge role={one.role} />
                    </span>
                    <span className={`${css.small} ${css.ellipsis}`}>
                      {storeWords(one.stores, storeOf, t)} ·{' '}
                      {t('people.until', { when: format.time(one.expires_at) })}
                    </span>
                  </div>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t('people.withdraw_of', { email: one.email })}
                    onClick={() => setLeaving(one)}
                  >
                    {t('people.withdraw')}
                  </Button>
                </li>
              ))}
            </ul>
            {leaving && (
              <Confirm
                title={t('people.withdraw_title')}
                act={t('people.withdraw')}
                pending={withdraw.isPending}
                error={withdraw.error}
                onClose={() => setLeaving(null)}
                onConfirm={() => withdraw.mutate(leaving.id, { onSuccess: () => setLeaving(null) })}
                lead={t('people.withdraw_lead', { email: leaving.email })}
              />
            )}
          </>
        )
      }
    </Panel>
  );
}
