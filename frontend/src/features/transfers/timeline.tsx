'use client';

import { Text } from '@mantine/core';
import { Panel } from '@/components/panel';
import css from '@/components/panel.module.css';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useTimeline } from './queries';

const PAST = [
  'drafted',
  'changed',
  'requested',
  'approved',
  'dispatched',
  'received',
  'returned',
  'written_off',
  'closed',
  'cancelled',
] as const;

/** Who did what, and when. */
export function Timeline({ id }: { id: string }) {
  const t = useT();
  const { format } = useSession();
  const timeline = useTimeline(id);
  return (
    <Panel title={t('transfer.timeline')} asked={timeline} height={120}>
      {(entries) => (
        <ol className={css.rows}>
          {entries.map(({ sequence, action, actor, occurred_at, detail }) => {
            const past = PAST.find((one) => action.endsWith(`.${one}`));
            const reason = typeof detail?.reason === 'string' ? detail.reason : '';
            return (
              <li key={sequence} className={css.row}>
                <div>
                  <Text size="sm">{past ? t(`transfer.did_${past}`) : action}</Text>
                  <Text size="xs" c="dimmed">
                    {[actor.label, reason].filter(Boolean).join(' · ')}
                  </Text>
                </div>
                <span className={`${css.small} ${css.end}`}>{format.time(occurred_at)}</span>
              </li>
            );
          })}
        </ol>
      )}
    </Panel>
  );
}
