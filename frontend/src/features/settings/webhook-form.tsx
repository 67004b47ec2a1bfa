'use client';

import { Button, Group, MultiSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { FormFoot } from '@/components/form-foot';
import { Secret } from '@/components/secret';
import { SideForm } from '@/components/side-form';
import { StoreChoice } from '@/components/store-choice';
import { useTold } from '@/components/told';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useChangeWebhook, useCreateWebhook, useEventTypes, type Webhook } from './webhook-queries';

type Draft = Required<
  Pick<Webhook, 'url' | 'description' | 'types' | 'includes_costs' | 'is_active' | 'batch_size'>
> & {
  stores: number[] | null;
};

const draftOf = (webhook: Webhook | undefined): Draft => ({
  url: webhook?.url ?? '',
  description: webhook?.description ?? '',
  types: webhook?.types ?? ['stock.'],
  stores: webhook?.stores ?? null,
  includes_costs: webhook?.includes_costs ?? false,
  is_active: webhook?.is_active ?? true,
  batch_size: webhook?.batch_size ?? 100,
});

/** Every prefix and every event, prefixes first: `stock.` chooses all that begins with it. */
function useChoices(chosen: string[]) {
  const t = useT();
  const types = useEventTypes();
  return useMemo(() => {
    const rows = types.data?.results ?? [];
    const prefixes = new Set(rows.flatMap(({ type }) => prefixesOf(type)));
    const known = new Set([...prefixes, ...rows.map(({ type }) => type)]);
    return [
      {
        group: t('webhook.all_of'),
        items: [...prefixes].sort().map((value) => ({ value, label: `${value}*` })),
      },
      {
        group: t('webhook.single'),
        items: [
          ...rows.map(({ type }) => ({ value: type, label: type })),
          ...chosen.filter((one) => !known.has(one)).map((one) => ({ value: one, label: one })),
        ],
      },
    ];
  }, [types.data, chosen, t]);
}

export function prefixesOf(type: string): string[] {
  const parts = type.split('.');
  return parts.slice(0, -1).map((_, index) => `${parts.slice(0, index + 1).join('.')}.`);
}

/** Where to send what. A new webhook's secret is shown once. */
export function WebhookForm({ webhook, onClose }: { webhook?: Webhook; onClose: () => void }) {
  const t = useT();
  const told = useTold();
  const { caller } = useSession();
  const create = useCreateWebhook();
  const change = useChangeWebhook();
  const [draft, setDraft] = useState(() => draftOf(webhook));
  const put = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const asked = webhook ? change : create;
  const error = asked.error instanceof ApiError ? asked.error : null;
  const choices = useChoices(draft.types);

  function submit(): void {
    const body = { ...draft, url: draft.url.trim() };
    if (!webhook) create.mutate(body);
    else {
      const version = webhook.version === undefined ? {} : { version: webhook.version };
      change.mutate(
        { id: webhook.id, ...body, ...version },
        {
          onSuccess: () => {
            told(t('settings.saved'));
            onClose();
          },
        },
      );
    }
  }

  if (create.data) {
    return (
      <SideForm title={t('webhook.create')} onClose={onClose} onSubmit={onClose}>
        <Secret label={t('webhook.secret')} value={create.data.secret} lead={t('webhook.secret_lead')} />
        <Group justify="flex-end">
          <Button type="submit">{t('action.done')}</Button>
        </Group>
      </SideForm>
    );
  }
  return (
    <SideForm title={webhook ? t('webhook.change') : t('webhook.create')} onClose={onClose} onSubmit={submit}>
      <TextInput
        label={t('webhook.address')}
        description={t('webhook.address_lead')}
        placeholder="https://"
        inputMode="url"
        value={draft.url}
        onChange={(event) => put({ url: event.currentTarget.value })}
        error={error?.field('url')}
        data-autofocus
      />
      <TextInput
        label={t('webhook.description')}
        value={draft.description}
        maxLength={200}
        onChange={(event) => put({ description: event.currentTarget.value })}
        error={error?.field('description')}
      />
      <MultiSelect
        label={t('webhook.events')}
        description={t('webhook.events_lead')}
        data={choices}
        value={draft.types}
        onChange={(next) => put({ types: next })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('action.clear') }}
        nothingFoundMessage={t('list.nothing')}
        error={error?.field('types')}
      />
      <StoreChoice
        value={draft.stores}
        onChange={(stores) => put({ stores })}
        error={error?.field('stores')}
      />
      <NumberInput
        label={t('webhook.batch')}
        value={draft.batch_size}
        min={1}
        max={100}
        onChange={(value) => put({ batch_size: Number(value) })}
        error={error?.field('batch_size')}
      />
      {caller.sees_costs && (
        <Switch
          label={t('webhook.costs')}
          checked={draft.includes_costs}
          onChange={(event) => put({ includes_costs: event.currentTarget.checked })}
        />
      )}
      {webhook && (
        <Switch
          label={t('webhook.active')}
          description={t('webhook.active_lead')}
          checked={draft.is_active}
          onChange={(event) => put({ is_active: event.currentTarget.checked })}
        />
      )}
      <FormFoot
        error={asked.error}
        busy={asked.isPending}
        action={webhook ? t('action.save') : t('webhook.create')}
        onClose={onClose}
      />
    </SideForm>
  );
}
