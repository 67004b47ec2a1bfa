'use client';

import { Autocomplete, Button, Drawer, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { sentence } from '@/components/feedback';
import { type Line, LinesEditor } from '@/components/lines-editor';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useOnce } from '@/lib/once';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { type Transfer, useChangeDraft, useDraft } from './queries';

/** Which goods go from where to where. `draft` is changed; without one a new one is made. */
export function DraftForm({ onClose, draft }: { onClose: () => void; draft?: Transfer }) {
  const t = useT();
  const router = useRouter();
  const { query } = useUrl();
  const { stores, store } = useSession();
  const create = useDraft();
  const change = useChangeDraft();
  const [key, refused] = useOnce();
  const [from, setFrom] = useState(draft?.from_store_name ?? store?.name ?? '');
  const [to, setTo] = useState(draft?.to_store_name ?? '');
  const [lines, setLines] = useState<Line[]>(() =>
    (draft?.lines ?? []).map(({ product, product_name, sku, requested }) => ({
      product: { id: product, name: product_name, sku },
      quantity: requested,
    })),
  );
  const saving = draft ? change : create;
  const error = saving.error instanceof ApiError ? saving.error : null;

  // Who works in some stores only knows the other end by its code: what is typed is sent as it is.
  const named = (text: string) => stores.find(({ name }) => name === text)?.id ?? text.trim();

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = (name: string) => String(form.get(name) ?? '').trim();
    const body = {
      reference: said('reference'),
      note: said('note'),
      expected_on: said('expected_on') || null,
      lines: lines.map(({ product, quantity }) => ({ product: product.id, quantity: quantity as number })),
    };
    const done = ({ id, number }: Transfer) => {
      const words = t(draft ? 'transfer.changed' : 'transfer.drafted', { number });
      notifications.show({ message: words, closeButtonProps: { 'aria-label': t('action.close') } });
      onClose();
      if (!draft) router.push(href('/transfers/', query, { id }));
    };
    if (draft)
      change.mutate({ id: draft.id, body: { ...body, version: draft.version } }, { onSuccess: done });
    else
      create.mutate(
        { body: { ...body, from_store: named(from), to_store: named(to) }, key },
        { onSuccess: done, onError: refused },
      );
  }

  const names = stores.map(({ name }) => name);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={draft ? t('transfer.change_title', { number: draft.number }) : t('transfers.new')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Group grow align="flex-start">
            <Autocomplete
              label={t('transfer.from_store')}
              data={names.filter((name) => name !== to)}
              value={from}
              onChange={setFrom}
              disabled={draft !== undefined}
              error={error?.field('from_store')}
              limit={50}
            />
            <Autocomplete
              label={t('transfer.to_store')}
              placeholder={t('transfer.name_or_code')}
              data={names.filter((name) => name !== from)}
              value={to}
              onChange={setTo}
              disabled={draft !== undefined}
              error={error?.field('to_store')}
              limit={50}
            />
          </Group>
          <LinesEditor lines={lines} onChange={setLines} errors={error?.rows('lines') ?? {}} />
          <Group grow align="flex-start">
            <TextInput
              type="date"
              name="expected_on"
              label={t('transfer.expected')}
              defaultValue={draft?.expected_on ?? ''}
              error={error?.field('expected_on')}
            />
            <TextInput
              name="reference"
              label={t('field.reference')}
              maxLength={100}
              defaultValue={draft?.reference ?? ''}
              error={error?.field('reference')}
            />
          </Group>
          <Textarea
            name="note"
            label={t('field.note')}
            maxLength={1000}
            autosize
            minRows={2}
            defaultValue={draft?.note ?? ''}
            error={error?.field('note')}
          />
          {saving.error && (
            <Text role="alert" size="sm" c="var(--bad)">
              {error?.status === 412 ? t('error.changed_meanwhile') : sentence(saving.error, t)}
            </Text>
          )}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={lines.length === 0}>
              {draft ? t('action.save') : t('transfer.draft_it')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
