'use client';

import { ActionIcon } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Search as Icon } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { useT } from '@/lib/i18n';
import css from './frame.module.css';

const load = () => import('./palette').then((module) => module.Palette);
const Palette = dynamic(load, { ssr: false });
const QUIET = 3_000;

/** The way to the palette, by Ctrl+K too. It is fetched once the screen stands, so that it is there when asked for. */
export function Search() {
  const t = useT();
  const [asked, setAsked] = useState(0);
  const open = () => setAsked((before) => before + 1);
  useHotkeys([['mod+K', open]], []);
  useEffect(() => {
    const timer = setTimeout(load, QUIET);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <button type="button" className={css.search} onClick={open}>
        <Icon size={16} aria-hidden />
        {t('palette.open')}
        <kbd>Ctrl K</kbd>
      </button>
      {/* The same on a phone, which has no Ctrl key and little room. */}
      <ActionIcon
        hiddenFrom="sm"
        variant="subtle"
        color="gray"
        size={40}
        aria-label={t('palette.open')}
        onClick={open}
      >
        <Icon size={20} aria-hidden />
      </ActionIcon>
      {asked > 0 && <Palette asked={asked} />}
    </>
  );
}
