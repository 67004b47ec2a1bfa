'use client';

import { Select, Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Confirm } from '@/components/confirm';
import { useT } from '@/lib/i18n';
import { type Count, type CountStep, useCountStep, useSummary, type Which } from './queries';

export type CountVerb = 'start' | 'submit' | 'cancel' | 'recount' | 'approve';
const WHICH: Which[] = ['outside_tolerance', 'variance', 'moved'];

/** One more look before a count goes on to its next state. */
export function CountDialog({
  verb,
  count,
  onClose,
}: {
  verb: CountVerb;
  count: Count;
  onClose: () => void;
}) {
  const t = useT();
  const step = useCountStep(count.id);
  const summary = useSummary(count.id);
  const [which, setWhich] = useState<Which>('outside_tolerance');
  const [asZero, setAsZero] = useState(false);
  const [acceptMoved, setAcceptMoved] = useState(false);
  const uncounted = summary.data?.uncounted ?? 0;
  const moved = summary.data?.moved ?? 0;

  function confirm(): void {
    const wanted: CountStep =
      verb === 'recount'
        ? { verb, body: { which } }
        : verb === 'approve'
          ? { verb, body: { uncounted_as_zero: asZero, accept_moved: acceptMoved } }
          : { verb };
    step.mutate(wanted, {
      onSuccess: (now) => {
        const words = t('count.now', { number: now.number, state: t(`count.${now.state}`) });
        notifications.show({ message: words, closeButtonProps: { 'aria-label': t('action.close') } });
        onClose();
      },
    });
  }

  return (
    <Confirm
      title={`${t(`count.do_${verb}`)} · ${count.number}`}
      lead={t(`count.lead_${verb}`)}
      act={t(`count.do_${verb}`)}
      error={step.error}
      pending={step.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      {verb === 'recount' && (
        <Select
          label={t('count.which')}
          data={WHICH.map((value) => ({ value, label: t(`count.line_${value}`) }))}
          value={which}
          onChange={(next) => setWhich((next as Which | null) ?? 'outside_tolerance')}
          allowDeselect={false}
        />
      )}
      {verb === 'approve' && uncounted > 0 && (
        <Switch
          label={t('count.uncounted_as_zero', { count: uncounted })}
          description={t('count.uncounted_lead')}
          checked={asZero}
          onChange={(event) => setAsZero(event.currentTarget.checked)}
        />
      )}
      {verb === 'approve' && moved > 0 && (
        <Switch
          label={t('count.accept_moved', { count: moved })}
          description={t('count.moved_lead')}
          checked={acceptMoved}
          onChange={(event) => setAcceptMoved(event.currentTarget.checked)}
        />
      )}
    </Confirm>
  );
}
