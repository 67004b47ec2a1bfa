'use client';

import { Store } from 'lucide-react';
import { Select } from '@/components/select';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';

/** Which store the screens are about. Kept in the address, and taken along from screen to screen. */
export function StoreSwitch() {
  const t = useT();
  const { stores, store } = useSession();
  const { set } = useUrl();
  if (stores.length < 2) return null;
  return (
    <Select
      aria-label={t('store.choose')}
      size="sm"
      w={{ base: 150, sm: 190 }}
      searchable
      clearable={store !== undefined}
      clearButtonProps={{ 'aria-label': t('store.all') }}
      placeholder={t('store.all')}
      leftSection={<Store size={16} aria-hidden />}
      nothingFoundMessage={t('list.nothing')}
      data={stores.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={store ? String(store.id) : null}
      onChange={(chosen) => set({ store: chosen }, { push: true })}
    />
  );
}
