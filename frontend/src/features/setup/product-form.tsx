'use client';

import { NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { FormFoot } from '@/components/form-foot';
import { useTold } from '@/components/told';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useAddProduct } from './queries';

/** One product after the other, each with what is there of it already. */
export function ProductForm() {
  const t = useT();
  const told = useTold();
  const { stores } = useSession();
  const add = useAddProduct();
  const first = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [sku, setSku] = useState('');
  const [price, setPrice] = useState<number | string>('');
  const [quantity, setQuantity] = useState<number | string>('');
  const [store, setStore] = useState(String(stores[0]?.id ?? ''));
  const error = add.error instanceof ApiError ? add.error : null;
  function submit(event: FormEvent): void {
    event.preventDefault();
    const given = {
      name: name.trim(),
      sku: sku.trim(),
      sale_price: Number(price),
      quantity: Number(quantity),
    };
    add.mutate(
      { ...given, store: Number(store) },
      {
        onSuccess: (product) => {
          told(t('setup.added', { product: product.name }));
          for (const clear of [setName, setSku]) clear('');
          for (const clear of [setPrice, setQuantity]) clear('');
          first.current?.focus();
        },
      },
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          ref={first}
          label={t('setup.product_name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={error?.field('name')}
        />
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label="SKU"
            value={sku}
            onChange={(event) => setSku(event.currentTarget.value)}
            error={error?.field('sku')}
          />
          <NumberInput
            label={t('field.price')}
            value={price}
            onChange={setPrice}
            min={0}
            decimalScale={4}
            hideControls
            error={error?.field('sale_price')}
          />
          <NumberInput
            label={t('field.on_hand')}
            value={quantity}
            onChange={setQuantity}
            min={0}
            decimalScale={3}
            hideControls
            error={error?.field('quantity')}
          />
          <Select
            label={t('field.store')}
            data={stores.map(({ id, name: label }) => ({ value: String(id), label }))}
            value={store}
            onChange={(next) => setStore(next ?? store)}
            allowDeselect={false}
          />
        </SimpleGrid>
        <FormFoot error={add.error} busy={add.isPending} action={t('setup.add')} />
      </Stack>
    </form>
  );
}
