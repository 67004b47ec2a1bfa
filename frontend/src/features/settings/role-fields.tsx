'use client';

import { Select, Switch, Text } from '@mantine/core';
import { StoreChoice } from '@/components/store-choice';
import type { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { ROLES, type RoleName } from './queries';

export type Rights = { role: RoleName; stores: number[] | null; sees_costs: boolean };

type Props = { value: Rights; onChange: (rights: Rights) => void; error: ApiError | null };

/** What somebody may do: the same for who is invited and who is here already. */
export function RoleFields({ value, onChange, error }: Props) {
  const t = useT();
  const put = (part: Partial<Rights>) => onChange({ ...value, ...part });
  return (
    <>
      <Select
        label={t('people.role')}
        data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        value={value.role}
        onChange={(next) => {
          const role = ROLES.find((one) => one === next);
          // An admin is of the whole company; costs are shown to who leads, until somebody says otherwise.
          if (role)
            put({ role, sees_costs: role !== 'staff', ...(role === 'admin' ? { stores: null } : {}) });
        }}
        allowDeselect={false}
        error={error?.field('role')}
      />
      <Text size="sm" c="dimmed">
        {t(`people.${value.role}_may`)}
      </Text>
      {value.role !== 'admin' && (
        <StoreChoice
          value={value.stores}
          onChange={(stores) => put({ stores })}
          error={error?.field('stores')}
        />
      )}
      <Switch
        label={t('people.sees_costs')}
        checked={value.sees_costs}
        onChange={(event) => put({ sees_costs: event.currentTarget.checked })}
      />
    </>
  );
}
