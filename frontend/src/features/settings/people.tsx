'use client';

import { Button, Group, Stack, Text } from '@mantine/core';
import { UserPlus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { Badge, type Tone } from '@/components/badge';
import { Empty } from '@/components/feedback';
import { type Column, DataTable } from '@/components/table/data-table';
import { type Translate, useT } from '@/lib/i18n';
import { mayAct, type Store, useSession } from '@/lib/session';
import { OpenInvitations } from './invitations';
import { type Member, type RoleName, useMembers } from './queries';

const InviteForm = dynamic(() => import('./invite-form').then((one) => one.InviteForm), { ssr: false });
const MemberForm = dynamic(() => import('./member-form').then((one) => one.MemberForm), { ssr: false });

const TONES: Record<RoleName, Tone> = { admin: 'info', manager: 'good', staff: 'plain' };

export function RoleBadge({ role }: { role: RoleName }) {
  const t = useT();
  return <Badge tone={TONES[role]}>{t(`role.${role}`)}</Badge>;
}

/** Which stores are open to somebody, in words. */
export function storeWords(
  stores: number[] | null,
  storeOf: (id: number) => Store | undefined,
  t: Translate,
): string {
  if (stores === null) return t('store.all');
  const names = stores.slice(0, 3).map((id) => storeOf(id)?.name ?? String(id));
  const rest = stores.length - names.length;
  return rest > 0 ? `${names.join(', ')} ${t('store.and_more', { count: rest })}` : names.join(', ');
}

const nameOf = (member: Member): string =>
  [member.first_name, member.last_name].filter(Boolean).join(' ') || member.username;

function useColumns(onChange: ((member: Member) => void) | undefined): Column<Member>[] {
  const t = useT();
  const { storeOf } = useSession();
  return useMemo(
    () => [
      { id: 'name', header: t('people.person'), cell: (one) => <Person member={one} /> },
      { id: 'role', header: t('people.role'), width: 120, cell: (one) => <RoleBadge role={one.role} /> },
      { id: 'stores', header: t('field.stores'), cell: (one) => storeWords(one.stores, storeOf, t) },
      {
        id: 'costs',
        header: t('people.costs'),
        width: 110,
        cell: (one) => (one.sees_costs ? t('state.yes') : t('state.no')),
      },
      {
        id: 'act',
        header: t('field.actions'),
        quiet: true,
        width: 110,
        end: true,
        cell: (one) => (onChange ? <ChangeButton member={one} onChange={onChange} /> : null),
      },
    ],
    [t, storeOf, onChange],
  );
}

function Person({ member }: { member: Member }) {
  const t = useT();
  return (
    <div style={{ lineHeight: 1.3, minWidth: 0 }}>
      <Text size="sm" fw={540} truncate>
        {nameOf(member)} {!member.is_active && <Badge tone="warn">{t('people.off')}</Badge>}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {member.email || member.username}
      </Text>
    </div>
  );
}

function ChangeButton({ member, onChange }: { member: Member; onChange: (member: Member) => void }) {
  const t = useT();
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={t('people.change_of', { name: nameOf(member) })}
      onClick={() => onChange(member)}
    >
      {t('action.change')}
    </Button>
  );
}

/** Who works here, and what they may do. Managers read it, admins change it. */
export function People() {
  const t = useT();
  const { caller, storeOf } = useSession();
  const mayChange = mayAct(caller, 'admin');
  const list = useMembers();
  const [inviting, setInviting] = useState(false);
  const [changing, setChanging] = useState<Member | null>(null);
  const columns = useColumns(mayChange ? setChanging : undefined);
  return (
    <Stack gap="md">
      {mayChange && (
        <Group>
          <Button leftSection={<UserPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
            {t('people.invite')}
          </Button>
        </Group>
      )}
      <DataTable
        label={t('settings.people')}
        list={list}
        columns={columns}
        rowKey={(one) => one.id}
        empty={<Empty title={t('list.nothing')} />}
        card={(one) => (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <div style={{ minWidth: 0 }}>
              <Person member={one} />
              <Group gap={8} mt={4}>
                <RoleBadge role={one.role} />
                <Text size="xs" c="dimmed">
                  {storeWords(one.stores, storeOf, t)}
                </Text>
              </Group>
            </div>
            {mayChange && <ChangeButton member={one} onChange={setChanging} />}
          </Group>
        )}
      />
      {mayChange && <OpenInvitations />}
      {inviting && <InviteForm onClose={() => setInviting(false)} />}
      {changing && <MemberForm member={changing} onClose={() => setChanging(null)} />}
    </Stack>
  );
}
