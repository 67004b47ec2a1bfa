'use client';

import { Button } from '@mantine/core';
import { Download as Icon } from 'lucide-react';
import { useT } from '@/lib/i18n';
import { changed, type Params } from '@/lib/url';
import { useWhenAsked } from '@/lib/when-asked';

const load = () => import('./download-menu').then((module) => module.DownloadMenu);

/** What the list shows, as a file: the same filters, all of its pages. */
export function Download({ path, filters }: { path: string; filters: Params }) {
  const t = useT();
  const { part: Menu, ask, warm } = useWhenAsked(load);
  const address = (format: string) => `${path}?${changed('', { ...filters, format })}`;
  const look = { variant: 'default', leftSection: <Icon size={16} aria-hidden /> };
  if (Menu) return <Menu address={address} button={<Button {...look}>{t('action.download')}</Button>} />;
  return (
    <Button {...look} aria-haspopup="menu" onPointerEnter={warm} onFocus={warm} onClick={ask}>
      {t('action.download')}
    </Button>
  );
}
