'use client';

import { Button, Drawer, Group, NumberInput, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { sentence } from '@/components/feedback';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';

export type Value = string | number | null;
export type Values = Record<string, Value>;
/** A record as the API gave it. */
export type Held = { readonly [name: string]: unknown; version?: number | undefined };
export type Field = {
  name: string;
  label: string;
  kind?: 'text' | 'email' | 'tel' | 'number' | 'long' | 'choice';
  choices?: { value: string; label: string }[];
  hint?: string;
  most?: number;
};

type Props = {
  title: string;
  fields: Field[];
  /** What the record holds; a new one is empty. */
  record: Held;
  /** Saves what was changed if the record is still of this version. */
  save: (changes: Values, version: number | undefined) => Promise<unknown>;
  /** The record as it is now, asked for when somebody else was first. */
  fresh?: () => Promise<Held>;
  onSaved: () => void;
  onClose: () => void;
};

const CHANGED = 412;
const plain = (value: unknown): Value =>
  typeof value === 'string' || typeof value === 'number' ? value : '';

/** A record's fields. Who was overtaken keeps what they typed, sees what the other wrote, and decides. */
export function EditForm({ title, fields, record, save, fresh, onSaved, onClose }: Props) {
  const t = useT();
  const [base, setBase] = useState(record);
  const [typed, setTyped] = useState<Values>({});
  const [theirs, setTheirs] = useState<Values>({});
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const refusal = error instanceof ApiError ? error : null;
  const value = (name: string): Value => typed[name] ?? plain(base[name]);

  async function overtaken(): Promise<void> {
    if (!fresh) return;
    const now = await fresh();
    const differ = fields.filter(({ name }) => plain(now[name]) !== plain(base[name]));
    setTheirs(Object.fromEntries(differ.map(({ name }) => [name, plain(now[name])])));
    setBase(now);
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const changes = Object.fromEntries(
      Object.entries(typed).filter(([name, text]) => text !== plain(base[name])),
    );
    setSaving(true);
    setError(null);
    try {
      if (Object.keys(changes).length > 0 || base.version === undefined) await save(changes, base.version);
      onSaved();
    } catch (refused) {
      setError(refused);
      if (refused instanceof ApiError && refused.status === CHANGED) await overtaken().catch(setError);
    } finally {
      setSaving(false);
    }
  }

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={title}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {fields.map((field) => (
            <Input
              key={field.name}
              field={field}
              value={value(field.name)}
              theirs={theirs[field.name]}
              error={refusal?.field(field.name)}
              onChange={(next) => setTyped((now) => ({ ...now, [field.name]: next }))}
            />
          ))}
          {error ? (
            <Text role="alert" size="sm" c="var(--bad)">
              {refusal?.status === CHANGED ? t('error.overtaken') : sentence(error, t)}
            </Text>
          ) : null}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={saving}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

type InputProps = {
  field: Field;
  value: Value;
  theirs: Value | undefined;
  error: string | undefined;
  onChange: (value: Value) => void;
};

function Input({ field, value, theirs, error, onChange }: InputProps) {
  const t = useT();
  const { label, kind = 'text', choices = [], hint, most } = field;
  const now = theirs === undefined ? hint : t('edit.theirs', { value: String(theirs || '–') });
  const shared = { label, error, ...(now === undefined ? {} : { description: now }) };
  if (kind === 'choice') {
    return (
      <Select
        {...shared}
        data={choices}
        value={value === '' ? null : String(value)}
        onChange={(next) => onChange(next ?? '')}
        searchable={choices.length > 8}
        allowDeselect={false}
        nothingFoundMessage={t('list.nothing')}
        limit={60}
      />
    );
  }
  if (kind === 'number') {
    return (
      <NumberInput
        {...shared}
        value={value ?? ''}
        onChange={onChange}
        allowNegative={false}
        allowDecimal={false}
        hideControls
      />
    );
  }
  const text = { ...shared, value: String(value ?? ''), ...(most === undefined ? {} : { maxLength: most }) };
  return kind === 'long' ? (
    <Textarea {...text} autosize minRows={2} onChange={(event) => onChange(event.currentTarget.value)} />
  ) : (
    <TextInput {...text} type={kind} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}
