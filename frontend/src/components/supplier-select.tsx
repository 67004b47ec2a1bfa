'use client';

import { Select } from '@/components/select';
import { useT } from '@/lib/i18n';
import { useSuppliers } from '@/lib/papers';
import { useUrl } from '@/lib/url';

/** One supplier, kept in the address. */
export function SupplierSelect() {
  const t = useT();
  const { get, set } = useUrl();
  const data = (useSuppliers().data ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  if (data.length === 0) return null;
  return (
    <Select
      aria-label={t('field.supplier')}
      placeholder={t('orders.all_suppliers')}
      data={data}
      value={get('supplier') || null}
      onChange={(supplier) => set({ supplier })}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      nothingFoundMessage={t('list.nothing')}
      w={{ base: '100%', sm: 210 }}
    />
  );
}
