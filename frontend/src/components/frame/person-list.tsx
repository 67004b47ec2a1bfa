'use client';

import { Menu, Text, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, Keyboard, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { api, take } from '@/lib/api/client';
import { LANGUAGES, type Language, useLanguage } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';

const SCHEMES = [
  ['light', Sun],
  ['dark', Moon],
  ['auto', Monitor],
] as const;

type Props = { button: ReactNode; name: string; onHelp: () => void };

/** What a person may set for itself; open from the start, as somebody has just asked for it. */
export function PersonList({ button, name, onHelp }: Props) {
  const { t, language, speak } = useLanguage();
  const { caller } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={232} withinPortal defaultOpened>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" c="var(--ink)" fw={600} truncate>
            {name}
          </Text>
          {t(`role.${caller.role}`)} · {caller.organization.name}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('theme.label')}</Menu.Label>
        {SCHEMES.map(([scheme, Icon]) => (
          <Menu.Item
            key={scheme}
            closeMenuOnClick={false}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={colorScheme === scheme ? <Check size={14} aria-label={t('state.chosen')} /> : null}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`theme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('language.label')}</Menu.Label>
        {(Object.keys(LANGUAGES) as Language[]).map((one) => (
          <Menu.Item
            key={one}
            lang={one}
            rightSection={language === one ? <Check size={14} aria-label={t('state.chosen')} /> : null}
            onClick={() => speak(one)}
          >
            {LANGUAGES[one].name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Keyboard size={16} aria-hidden />} onClick={onHelp}>
          {t('keys.title')}
        </Menu.Item>
        {mayAct(caller, 'manager') && (
          <Menu.Item component="a" href="/admin/" leftSection={<Settings size={16} aria-hidden />}>
            {t('nav.desk')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<LogOut size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          {t('auth.sign_out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useSignOut() {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: () => take(api.POST('/api/auth/logout/')),
    // Nothing of who was here stays for who comes next.
    onSettled: () => {
      queries.clear();
      router.replace('/login/');
    },
  });
}
