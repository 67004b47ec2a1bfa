'use client';

import { notifications } from '@mantine/notifications';
import { Confirm } from '@/components/confirm';
import { useT, type Words } from '@/lib/i18n';

export type Retired = 'deleted' | 'retired' | 'restored';
type Retiring = {
  mutate: (nothing: undefined, then: { onSuccess: (what: Retired) => void }) => void;
  error: unknown;
  isPending: boolean;
};

type Props = {
  name: string;
  isActive: boolean;
  retiring: Retiring;
  words: Record<'retire' | 'retire_lead' | 'restore' | 'restore_lead', Words>;
  onDone: (what: Retired) => void;
  onClose: () => void;
};

/** Takes a record out of use, or brings it back. What nothing refers to is deleted. */
export function RetireDialog({ name, isActive, retiring, words, onDone, onClose }: Props) {
  const t = useT();
  function confirm(): void {
    retiring.mutate(undefined, {
      onSuccess: (what) => {
        notifications.show({
          message: t(`edit.${what}`, { name }),
          closeButtonProps: { 'aria-label': t('action.close') },
        });
        onDone(what);
      },
    });
  }
  return (
    <Confirm
      title={`${t(isActive ? words.retire : words.restore)} · ${name}`}
      lead={t(isActive ? words.retire_lead : words.restore_lead)}
      act={t(isActive ? words.retire : words.restore)}
      error={retiring.error}
      pending={retiring.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
