'use client';

import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = { address: (format: string) => string; button: ReactNode };

/** The kinds of file a list is offered as; open from the start, as somebody has just asked for it. */
export function DownloadMenu({ address, button }: Props) {
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>{button}</Menu.Target>
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
