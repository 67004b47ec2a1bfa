'use client';

import { Button, Group, Stack, Text } from '@mantine/core';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { Confirm } from '@/components/confirm';
import { Empty } from '@/components/feedback';
import { type Column, DataTable } from '@/components/table/data-table';
import { Tabs } from '@/components/tabs';
import { useTold } from '@/components/told';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import { type Token, useRevokeToken, useTokens } from './token-queries';

const TokenForm = dynamic(() => import('./token-form').then((one) => one.TokenForm), { ssr: false });
const RotateForm = dynamic(() => import('./token-form').then((one) => one.RotateForm), { ssr: false });

type Acts = { rotate: (token: Token) => void; revoke: (token: Token) => void };

function useColumns(acts: Acts | null): Column<Token>[] {
  const t = useT();
  const { format } = useSession();
  return useMemo(
    () => [
      { id: 'name', header: t('token.name'), cell: (one) => <Named token={one} /> },
      {
        id: 'may',
        header: t('token.may'),
        cell: (one) => (
          <span title={one.scopes?.join(', ')}>{one.scopes?.join(', ') ?? t('token.everything')}</span>
        ),
      },
      {
        id: 'used',
        header: t('token.used'),
        width: 150,
        cell: (one) => (one.last_used_at ? format.time(one.last_used_at) : t('token.never')),
      },
      {
        id: 'ends',
        header: acts ? t('token.ends') : t('token.ended_at'),
        width: 150,
        cell: (one) =>
          one.revoked_at || one.expires_at
            ? format.time(one.revoked_at ?? one.expires_at)
            : t('token.no_end'),
      },
      {
        id: 'act',
        header: t('field.actions'),
        quiet: true,
        width: 196,
        end: true,
        cell: (one) => (acts ? <Buttons token={one} acts={acts} /> : null),
      },
    ],
    [t, format, acts],
  );
}

function Named({ token }: { token: Token }) {
  return (
    <div style={{ lineHeight: 1.3, minWidth: 0 }}>
      <Text size="sm" fw={540} truncate>
        {token.name || token.prefix}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {token.prefix}… · {token.username}
      </Text>
    </div>
  );
}

function Buttons({ token, acts }: { token: Token; acts: Acts }) {
  const t = useT();
  const { caller } = useSession();
  const name = token.name || token.prefix;
  return (
    <Group gap={6} wrap="nowrap" justify="flex-end">
      {token.username === caller.username && (
        <Button
          size="xs"
          variant="default"
          aria-label={t('token.rotate_of', { name })}
          onClick={() => acts.rotate(token)}
        >
          {t('token.rotate')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        aria-label={t('token.revoke_of', { name })}
        onClick={() => acts.revoke(token)}
      >
        {t('token.revoke')}
      </Button>
    </Group>
  );
}

/** Secrets for tills and programs. Everybody manages their own, admins see everybody's. */
export function Tokens() {
  const t = useT();
  const told = useTold();
  const { format } = useSession();
  const { get, set } = useUrl();
  const ended = get('tokens') === 'ended';
  const list = useTokens(ended);
  const revoke = useRevokeToken();
  const [making, setMaking] = useState(false);
  const [rotating, setRotating] = useState<Token | null>(null);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const acts = useMemo(() => (ended ? null : { rotate: setRotating, revoke: setRevoking }), [ended]);
  const columns = useColumns(acts);
  const create = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {t('token.create')}
    </Button>
  );
  return (
    <Stack gap="md">
      <Group justify="space-between">
        {create}
        <Tabs
          label={t('token.shown')}
          value={ended ? 'ended' : 'active'}
          options={[
            { value: 'active', label: t('token.active') },
            { value: 'ended', label: t('token.ended') },
          ]}
          onChange={(next) => set({ tokens: next === 'active' ? null : next })}
        />
      </Group>
      <DataTable
        label={t('settings.tokens')}
        list={list}
        columns={columns}
        rowKey={(one) => one.id}
        empty={<Empty title={t('token.none')}>{ended ? null : t('token.none_lead')}</Empty>}
        card={(one) => (
          <Stack gap={8}>
            <Named token={one} />
            <Text size="xs" c="dimmed">
              {one.scopes?.join(', ') ?? t('token.everything')} · {t('token.used')}:{' '}
              {one.last_used_at ? format.time(one.last_used_at) : t('token.never')}
            </Text>
            {acts && <Buttons token={one} acts={acts} />}
          </Stack>
        )}
      />
      {making && <TokenForm onClose={() => setMaking(false)} />}
      {rotating && <RotateForm token={rotating} onClose={() => setRotating(null)} />}
      {revoking && (
        <Confirm
          title={t('token.revoke_title')}
          act={t('token.revoke')}
          pending={revoke.isPending}
          error={revoke.error}
          onClose={() => setRevoking(null)}
          onConfirm={() =>
            revoke.mutate(revoking.id, {
              onSuccess: () => {
                told(t('token.revoked'));
                setRevoking(null);
              },
            })
          }
          lead={t('token.revoke_lead', { name: revoking.name || revoking.prefix })}
        />
      )}
    </Stack>
  );
}
