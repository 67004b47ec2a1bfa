'use client';

import { Button, Drawer, Group, NumberInput, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { sentence } from '@/components/feedback';
import { ProductPicker } from '@/components/product-picker';
import { Tabs } from '@/components/tabs';
import { newKey } from '@/lib/api/client';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useRecord } from './queries';

const OFFERED = ['receipt', 'sale', 'removal', 'adjustment'] as const;
type Offered = (typeof OFFERED)[number];
type Product = { id: number; name: string; sku: string };

/** Books what came, was sold, was taken out or was found to be different. A refusal leaves the form as it is. */
export function RecordForm({ onClose, product: first }: { onClose: () => void; product?: Product | null }) {
  const t = useT();
  const { stores, store: shown, format } = useSession();
  const record = useRecord();
  const [key, setKey] = useState(newKey);
  const [kind, setKind] = useState<Offered>('receipt');
  const [store, setStore] = useState(String((shown ?? stores[0])?.id ?? ''));
  const [product, setProduct] = useState<Product | null>(first ?? null);
  const [quantity, setQuantity] = useState<string | number>('');
  const [refused, setRefused] = useState('');
  const error = record.error instanceof ApiError ? record.error : null;

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reason = String(form.get('reason') ?? '').trim();
    const reference = String(form.get('reference') ?? '').trim();
    const body = {
      store: Number(store),
      product: product?.id ?? null,
      movement_type: kind,
      quantity: quantity as number,
      ...(reason && { reason }),
      ...(reference && { reference }),
    };
    setRefused('');
    record.mutate({ body, key }, { onSuccess: (movement) => judge(movement.status, movement) });
  }

  function judge(status: string, movement: { reason: string; balance_after?: number | null }): void {
    // Whatever is sent next is another change than the one that was just judged.
    setKey(newKey());
    if (status === 'rejected') {
      setRefused(movement.reason);
      return;
    }
    const now = format.quantity(movement.balance_after);
    const words = status === 'applied' ? t('record.done', { now }) : t('record.accepted');
    notifications.show({ message: words, closeButtonProps: { 'aria-label': t('action.close') } });
    onClose();
  }

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={t('record.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={submit} noValidate onChange={() => record.isError && setKey(newKey())}>
        <Stack gap="sm">
          <Tabs
            label={t('field.kind')}
            value={kind}
            options={OFFERED.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
            onChange={setKind}
          />
          <Text size="sm" c="dimmed">
            {t(`record.${kind}`)}
          </Text>
          <Select
            label={t('field.store')}
            data={stores.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={store}
            onChange={(next) => setStore(next ?? '')}
            searchable
            allowDeselect={false}
            error={error?.field('store')}
          />
          <ProductPicker
            label={t('field.product')}
            value={product}
            onChange={setProduct}
            error={error?.field('product')}
          />
          <NumberInput
            label={t('field.quantity')}
            value={quantity}
            onChange={setQuantity}
            decimalScale={3}
            allowNegative={kind === 'adjustment'}
            hideControls
            error={error?.field('quantity')}
          />
          <Textarea
            name="reason"
            label={t('field.reason')}
            maxLength={300}
            autosize
            minRows={2}
            error={error?.field('reason')}
          />
          <TextInput
            name="reference"
            label={t('field.reference')}
            description={t('record.reference')}
            maxLength={100}
            error={error?.field('reference')}
          />
          {(refused || record.error) && (
            <Text role="alert" size="sm" c="var(--bad)">
              {refused || sentence(record.error, t)}
            </Text>
          )}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={record.isPending}>
              {t('record.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
