'use client';

import { Button, Menu } from '@mantine/core';
import { Download as Icon } from 'lucide-react';
import { useT } from '@/lib/i18n';
import { changed, type Params } from '@/lib/url';

/** What the list shows, as a file: the same filters, all of its pages. */
export function Download({ path, filters }: { path: string; filters: Params }) {
  const t = useT();
  const address = (format: string) => `${path}?${changed('', { ...filters, format })}`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon size={16} aria-hidden />}>
          {t('action.download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={address('csv')} download>
          CSV
        </Menu.Item>
        <Menu.Item component="a" href={address('xlsx')} download>
          Excel
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
