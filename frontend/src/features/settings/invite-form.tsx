'use client';

import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FormFoot } from '@/components/form-foot';
import { Secret } from '@/components/secret';
import { SideForm } from '@/components/side-form';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useInvite } from './queries';
import { type Rights, RoleFields } from './role-fields';

const STAFF: Rights = { role: 'staff', stores: null, sees_costs: false };

/** Offers a role to a colleague. The link is mailed, and shown here once for who would rather send it otherwise. */
export function InviteForm({ onClose }: { onClose: () => void }) {
  const t = useT();
  const invite = useInvite();
  const [email, setEmail] = useState('');
  const [rights, setRights] = useState(STAFF);
  const error = invite.error instanceof ApiError ? invite.error : null;
  const sent = invite.data;
  return (
    <SideForm
      title={t('people.invite')}
      onClose={onClose}
      onSubmit={() => invite.mutate({ email: email.trim(), ...rights })}
    >
      {sent ? (
        <>
          <Secret
            label={t('people.link')}
            value={sent.link}
            lead={t('people.link_lead', { email: sent.email })}
          />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('action.done')}</Button>
          </Group>
        </>
      ) : (
        <>
          <TextInput
            type="email"
            label={t('field.email')}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={error?.field('email')}
            data-autofocus
          />
          <RoleFields value={rights} onChange={setRights} error={error} />
          <FormFoot
            error={invite.error}
            busy={invite.isPending}
            action={t('people.invite')}
            onClose={onClose}
          />
        </>
      )}
    </SideForm>
  );
}
