'use client';

import { Avatar, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useWhenAsked } from '@/lib/when-asked';

const load = () => import('./person-list').then((module) => module.PersonList);

export function PersonMenu({ onHelp }: { onHelp: () => void }) {
  const t = useT();
  const { caller } = useSession();
  const { part: List, ask, warm } = useWhenAsked(load);
  const name = [caller.first_name, caller.last_name].filter(Boolean).join(' ') || caller.username;
  const inside = (
    <>
      <Avatar aria-hidden name={name} color="onhand" variant="filled" radius="xl" size={34} />
      <VisuallyHidden>{t('person.menu', { name })}</VisuallyHidden>
    </>
  );
  if (List) return <List name={name} onHelp={onHelp} button={<UnstyledButton>{inside}</UnstyledButton>} />;
  return (
    <UnstyledButton aria-haspopup="menu" onPointerEnter={warm} onFocus={warm} onClick={ask}>
      {inside}
    </UnstyledButton>
  );
}
