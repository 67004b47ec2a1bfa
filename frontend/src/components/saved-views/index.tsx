'use client';

import { Button, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Bookmark, Trash2 } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';

type View = { name: string; query: string };
const MOST = 20;

/** Addresses a person comes back to, by names of their own. They are kept on this device; a link shares one. */
export function SavedViews({ of }: { of: string }) {
  const t = useT();
  const router = useRouter();
  const path = usePathname();
  const { query } = useUrl();
  const { caller } = useSession();
  const [views, setViews] = useLocalStorage<View[]>({
    key: `onhand-views-${caller.organization.id}-${caller.id}-${of}`,
    defaultValue: [],
  });
  const [naming, setNaming] = useState(false);
  const others = (name: string) => views.filter((one) => one.name !== name);
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="default" leftSection={<Bookmark size={16} aria-hidden />}>
            {t('views.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.map((view) => (
            <Menu.Item
              key={view.name}
              onClick={() => router.push(view.query ? `${path}?${view.query}` : path)}
            >
              {view.name}
            </Menu.Item>
          ))}
          {views.length > 0 && <Menu.Divider />}
          <Menu.Item disabled={views.length >= MOST} onClick={() => setNaming(true)}>
            {t('views.keep')}
          </Menu.Item>
          {views.length > 0 && <Menu.Label>{t('views.remove')}</Menu.Label>}
          {views.map((view) => (
            <Menu.Item
              key={`remove-${view.name}`}
              closeMenuOnClick={false}
              leftSection={<Trash2 size={14} aria-hidden />}
              onClick={() => setViews(others(view.name))}
            >
              {view.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <Name
          onClose={() => setNaming(false)}
          onName={(name) => {
            setViews([...others(name), { name, query }].sort((a, b) => a.name.localeCompare(b.name)));
            setNaming(false);
          }}
        />
      )}
    </>
  );
}

function Name({ onName, onClose }: { onName: (name: string) => void; onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (name.trim()) onName(name.trim());
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('views.keep')}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t('views.name')}
            description={t('views.lead')}
            maxLength={60}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!name.trim()}>
            {t('action.save')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
