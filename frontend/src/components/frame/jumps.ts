'use client';

import { useLocalStorage } from '@mantine/hooks';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { href } from '@/lib/url';
import { useScreens } from './links';

const PATIENCE = 1200;
export const useSingleKeys = () => useLocalStorage({ key: 'onhand-single-keys', defaultValue: true });

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** `g` and a letter go to a screen, `/` to its search field, `?` says so. Single keys can be switched off. */
export function useJumps(onHelp: () => void): void {
  const router = useRouter();
  const screens = useScreens();
  const [enabled] = useSingleKeys();
  const help = useRef(onHelp);
  help.current = onHelp;

  useEffect(() => {
    if (!enabled) return undefined;
    let since = 0;
    function press(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const page = screens.find(({ key }) => key === event.key);
      if (page && Date.now() - since < PATIENCE) router.push(href(page.path, window.location.search));
      else if (event.key === '?') help.current();
      else if (event.key === '/') focusSearch(event);
      since = event.key === 'g' ? Date.now() : 0;
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [enabled, router, screens]);
}

function focusSearch(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>('[data-search]');
  if (!field) return;
  event.preventDefault();
  field.focus();
}
