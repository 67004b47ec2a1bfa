'use client';

import { Button, Drawer, Group, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { sentence } from '@/components/feedback';
import { type Line, LinesEditor } from '@/components/lines-editor';
import { Tabs } from '@/components/tabs';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useOnce } from '@/lib/once';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { type CountInput, type CountKind, usePlan } from './queries';

const KINDS = ['spot', 'cycle', 'full'] as const;
const FEW = 20;

/** What is to be counted, in which store, and whether those who count see what the books say. */
export function PlanForm({ kind: first, onClose }: { kind: CountKind; onClose: () => void }) {
  const t = useT();
  const router = useRouter();
  const { query } = useUrl();
  const { stores, store: shown } = useSession();
  const plan = usePlan();
  const [key, refused] = useOnce();
  const [kind, setKind] = useState<CountKind>(first);
  const [store, setStore] = useState(String((shown ?? stores[0])?.id ?? ''));
  const [blind, setBlind] = useState(true);
  const [take, setTake] = useState<string | number>(FEW);
  const [name, setName] = useState('');
  const [lines, setLines] = useState<Line[]>([]);
  const error = plan.error instanceof ApiError ? plan.error : null;

  function submit(event: FormEvent, starts: boolean): void {
    event.preventDefault();
    const body: CountInput = {
      store: Number(store),
      kind,
      blind,
      ...(name.trim() && { name: name.trim() }),
      ...(kind === 'cycle' && { take: take as number }),
      ...(kind === 'spot' && { products: lines.map(({ product }) => product.id) }),
    };
    plan.mutate(
      { body, key, starts },
      {
        onSuccess: ({ id }) => {
          onClose();
          router.push(href('/counts/', query, { id: String(id) }));
        },
        onError: refused,
      },
    );
  }

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t('counts.new')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={(event) => submit(event, true)} noValidate>
        <Stack gap="sm">
          <Tabs
            label={t('field.kind')}
            value={kind}
            options={KINDS.map((value) => ({ value, label: t(`count.kind_${value}`) }))}
            onChange={setKind}
          />
          <Text size="sm" c="dimmed">
            {t(`count.lead_${kind}`)}
          </Text>
          <Select
            label={t('field.store')}
            data={stores.map(({ id, name: label }) => ({ value: String(id), label }))}
            value={store}
            onChange={(next) => setStore(next ?? '')}
            searchable
            allowDeselect={false}
            error={error?.field('store')}
          />
          {kind === 'cycle' && (
            <NumberInput
              label={t('count.take')}
              value={take}
              onChange={setTake}
              min={1}
              allowDecimal={false}
              allowNegative={false}
              hideControls
              error={error?.field('take')}
            />
          )}
          {kind === 'spot' && (
            <LinesEditor
              lines={lines}
              onChange={setLines}
              withQuantity={false}
              errors={error?.rows('products') ?? {}}
            />
          )}
          <TextInput
            label={t('count.name')}
            placeholder={t('count.name_hint')}
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={error?.field('name')}
          />
          <Switch
            label={t('count.blind')}
            description={t('count.blind_lead')}
            checked={blind}
            onChange={(event) => setBlind(event.currentTarget.checked)}
          />
          {plan.error && (
            <Text role="alert" size="sm" c="var(--bad)">
              {sentence(plan.error, t)}
            </Text>
          )}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" loading={plan.isPending} onClick={(event) => submit(event, false)}>
              {t('count.plan_only')}
            </Button>
            <Button type="submit" loading={plan.isPending}>
              {t('count.do_start')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
