'use client';

import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { EditForm, type Field, type Values } from '@/components/edit-form';
import { useT } from '@/lib/i18n';
import { changeSupplier, createSupplier, readSupplier, type Supplier, type SupplierInput } from './queries';

/** A supplier to add or, with `supplier`, to change. */
export function SupplierForm({ supplier, onClose }: { supplier?: Supplier; onClose: () => void }) {
  const t = useT();
  const queries = useQueryClient();
  const fields: Field[] = [
    { name: 'name', label: t('supplier.name'), most: 200 },
    { name: 'contact_name', label: t('supplier.contact'), most: 200 },
    { name: 'email', label: t('field.email'), kind: 'email', most: 254 },
    { name: 'phone', label: t('supplier.phone'), kind: 'tel', most: 50 },
    { name: 'address', label: t('supplier.address'), kind: 'long' },
    {
      name: 'lead_time_days',
      label: t('supplier.lead_time'),
      kind: 'number',
      hint: t('supplier.lead_time_lead'),
    },
  ];

  async function save(changes: Values, version: number | undefined): Promise<void> {
    if (supplier) {
      await changeSupplier(supplier.id, { ...changes, ...(version === undefined ? {} : { version }) });
    } else await createSupplier(changes as unknown as SupplierInput);
  }

  function saved(): void {
    void queries.invalidateQueries({ queryKey: ['suppliers'] });
    notifications.show({ message: t('edit.saved'), closeButtonProps: { 'aria-label': t('action.close') } });
    onClose();
  }

  return (
    <EditForm
      title={supplier ? t('supplier.change') : t('suppliers.new')}
      fields={fields}
      record={supplier ?? {}}
      save={save}
      {...(supplier ? { fresh: () => readSupplier(supplier.id) } : {})}
      onSaved={saved}
      onClose={onClose}
    />
  );
}
