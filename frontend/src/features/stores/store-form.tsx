'use client';

import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { EditForm, type Field, type Values } from '@/components/edit-form';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { changeStore, createStore, readStore, type Store, type StoreInput } from './queries';

const KINDS = ['shop', 'warehouse', 'online'] as const;
const plain = (values: readonly string[], own: string) =>
  [...new Set([own, ...values])].map((value) => ({ value, label: value }));

/** A store to open or, with `store`, to change. Its clock says which day a sale belongs to. */
export function StoreForm({ store, onClose }: { store?: Store; onClose: () => void }) {
  const t = useT();
  const queries = useQueryClient();
  const { caller } = useSession();
  const { time_zone, currency } = caller.organization;
  const fields: Field[] = [
    { name: 'name', label: t('store.name'), most: 200 },
    { name: 'code', label: t('store.code'), most: 40, hint: t('store.code_lead') },
    {
      name: 'kind',
      label: t('field.kind'),
      kind: 'choice',
      choices: KINDS.map((value) => ({ value, label: t(`store.kind_${value}`) })),
    },
    { name: 'location', label: t('store.location'), most: 300 },
    { name: 'region', label: t('store.region'), most: 100 },
    {
      name: 'time_zone',
      label: t('field.time_zone'),
      kind: 'choice',
      choices: plain(Intl.supportedValuesOf('timeZone'), store?.time_zone ?? time_zone),
    },
    {
      name: 'currency',
      label: t('field.currency'),
      kind: 'choice',
      choices: plain(Intl.supportedValuesOf('currency'), store?.currency ?? currency),
    },
  ];

  async function save(changes: Values, version: number | undefined): Promise<void> {
    if (store)
      await changeStore(store.id, { ...changes, ...(version === undefined ? {} : { version }) } as object);
    else await createStore({ kind: 'shop', time_zone, currency, ...changes } as unknown as StoreInput);
  }

  function saved(): void {
    void queries.invalidateQueries({ queryKey: ['stores'] });
    notifications.show({ message: t('edit.saved'), closeButtonProps: { 'aria-label': t('action.close') } });
    onClose();
  }

  return (
    <EditForm
      title={store ? t('store.change') : t('stores.new')}
      fields={fields}
      record={store ?? { kind: 'shop', time_zone, currency }}
      save={save}
      {...(store ? { fresh: () => readStore(store.id) } : {})}
      onSaved={saved}
      onClose={onClose}
    />
  );
}
