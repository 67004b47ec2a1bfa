'use client';

import { Button, Group, Select, SimpleGrid, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FormFoot } from '@/components/form-foot';
import { Secret } from '@/components/secret';
import { SideForm } from '@/components/side-form';
import { StoreChoice } from '@/components/store-choice';
import { Tabs } from '@/components/tabs';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { Overlap, USUAL_OVERLAP } from './overlap';
import { AREAS, type Scope, type Token, useCreateToken, useRotateToken } from './token-queries';

type Right = 'none' | 'read' | 'write';
type Area = (typeof AREAS)[number];
const RIGHTS: Right[] = ['none', 'read', 'write'];
const NOTHING = Object.fromEntries(AREAS.map((area) => [area, 'none'])) as Record<Area, Right>;
const LIVES = ['30', '90', '365', '0'] as const;
const DAY = 86_400_000;

export function scopesOf(rights: Record<Area, Right>, costs: boolean): Scope[] {
  const areas = AREAS.filter((area) => rights[area] !== 'none');
  const scopes = areas.map((area) => `${area}:${rights[area]}` as Scope);
  return costs ? [...scopes, 'costs:read'] : scopes;
}

/** A token is made with what it may do and how long; its secret is shown once. */
export function TokenForm({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { caller } = useSession();
  const create = useCreateToken();
  const [name, setName] = useState('');
  const [limited, setLimited] = useState<'some' | 'all'>('some');
  const [rights, setRights] = useState<Record<Area, Right>>({ ...NOTHING, stock: 'write', catalog: 'read' });
  const [costs, setCosts] = useState(false);
  const [stores, setStores] = useState(caller.stores);
  const [days, setDays] = useState<string>('365');
  const error = create.error instanceof ApiError ? create.error : null;

  function submit(): void {
    const expires = Number(days) ? new Date(Date.now() + Number(days) * DAY).toISOString() : null;
    const scopes = limited === 'all' ? null : scopesOf(rights, costs);
    create.mutate({ name: name.trim(), scopes, stores, expires_at: expires });
  }

  return (
    <SideForm title={t('token.create')} onClose={onClose} onSubmit={submit}>
      {create.data ? (
        <Issued secret={create.data.token} onClose={onClose} />
      ) : (
        <>
          <TextInput
            label={t('token.name')}
            description={t('token.name_lead')}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
            error={error?.field('name')}
            data-autofocus
          />
          <Tabs
            label={t('token.may')}
            value={limited}
            options={[
              { value: 'some', label: t('token.some_things') },
              { value: 'all', label: t('token.everything') },
            ]}
            onChange={setLimited}
          />
          {limited === 'some' && (
            <>
              <SimpleGrid cols={2} spacing="sm">
                {AREAS.map((area) => (
                  <Select
                    key={area}
                    label={t(`area.${area}`)}
                    data={RIGHTS.map((right) => ({ value: right, label: t(`right.${right}`) }))}
                    value={rights[area]}
                    onChange={(right) => setRights({ ...rights, [area]: right ?? 'none' })}
                    allowDeselect={false}
                  />
                ))}
              </SimpleGrid>
              {caller.sees_costs && (
                <Switch
                  label={t('token.costs')}
                  checked={costs}
                  onChange={(event) => setCosts(event.currentTarget.checked)}
                />
              )}
              {error?.field('scopes') && (
                <Text size="sm" c="var(--bad)">
                  {error.field('scopes')}
                </Text>
              )}
            </>
          )}
          <StoreChoice value={stores} onChange={setStores} error={error?.field('stores')} />
          <Select
            label={t('token.lives')}
            data={LIVES.map((value) => ({ value, label: t(`token.lives_${value}`) }))}
            value={days}
            onChange={(next) => setDays(next ?? '365')}
            allowDeselect={false}
            error={error?.field('expires_at')}
          />
          <FormFoot
            error={create.error}
            busy={create.isPending}
            action={t('token.create')}
            onClose={onClose}
          />
        </>
      )}
    </SideForm>
  );
}

/** A new secret with the same rights; the old one goes on for a while, so that a till can be changed in peace. */
export function RotateForm({ token, onClose }: { token: Token; onClose: () => void }) {
  const t = useT();
  const rotate = useRotateToken();
  const [hours, setHours] = useState(USUAL_OVERLAP);
  return (
    <SideForm
      title={t('token.rotate_of', { name: token.name || token.prefix })}
      onClose={onClose}
      onSubmit={() => rotate.mutate({ id: token.id, hours: Number(hours) })}
    >
      {rotate.data ? (
        <Issued secret={rotate.data.token} onClose={onClose} />
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {t('token.rotate_lead')}
          </Text>
          <Overlap value={hours} onChange={setHours} />
          <FormFoot
            error={rotate.error}
            busy={rotate.isPending}
            action={t('token.rotate')}
            onClose={onClose}
          />
        </>
      )}
    </SideForm>
  );
}

function Issued({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useT();
  return (
    <>
      <Secret label={t('token.secret')} value={secret} lead={t('token.secret_lead')} />
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('action.done')}</Button>
      </Group>
    </>
  );
}
