'use client';

import { Button, Divider, Switch } from '@mantine/core';
import { useState } from 'react';
import { Confirm } from '@/components/confirm';
import { FormFoot } from '@/components/form-foot';
import { SideForm } from '@/components/side-form';
import { useTold } from '@/components/told';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { type Member, useChangeMember, useRemoveMember } from './queries';
import { type Rights, RoleFields } from './role-fields';

/** What a colleague may do from now on; connections that are open feel it within seconds. */
export function MemberForm({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useT();
  const told = useTold();
  const change = useChangeMember();
  const remove = useRemoveMember();
  const [rights, setRights] = useState<Rights>({
    role: member.role,
    stores: member.stores,
    sees_costs: member.sees_costs,
  });
  const [active, setActive] = useState(member.is_active);
  const [removing, setRemoving] = useState(false);
  const error = change.error instanceof ApiError ? change.error : null;
  function done(words: string): void {
    told(words);
    onClose();
  }
  if (removing) {
    return (
      <Confirm
        title={t('people.remove_title')}
        act={t('people.remove')}
        pending={remove.isPending}
        error={remove.error}
        onClose={() => setRemoving(false)}
        onConfirm={() => remove.mutate(member.id, { onSuccess: () => done(t('people.removed')) })}
        lead={t('people.remove_lead', { name: member.username })}
      />
    );
  }
  return (
    <SideForm
      title={member.username}
      onClose={onClose}
      onSubmit={() =>
        change.mutate(
          { id: member.id, ...rights, is_active: active },
          { onSuccess: () => done(t('settings.saved')) },
        )
      }
    >
      <RoleFields value={rights} onChange={setRights} error={error} />
      <Switch
        label={t('people.active')}
        description={t('people.active_lead')}
        checked={active}
        onChange={(event) => setActive(event.currentTarget.checked)}
      />
      <FormFoot error={change.error} busy={change.isPending} action={t('action.save')} onClose={onClose} />
      <Divider my="xs" />
      <Button variant="default" onClick={() => setRemoving(true)}>
        {t('people.remove')}
      </Button>
    </SideForm>
  );
}
