'use client';

import { Modal, Switch } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useT } from '@/lib/i18n';
import { href } from '@/lib/url';
import css from './frame.module.css';
import { PAGES } from './pages';

const PATIENCE = 1200;
const useSingleKeys = () => useLocalStorage({ key: 'onhand-single-keys', defaultValue: true });

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** `g` and a letter go to a screen, `/` to its search field, `?` says so. Single keys can be switched off. */
export function useJumps(onHelp: () => void): void {
  const router = useRouter();
  const [enabled] = useSingleKeys();
  const help = useRef(onHelp);
  help.current = onHelp;

  useEffect(() => {
    if (!enabled) return undefined;
    let since = 0;
    function press(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const page = PAGES.find(({ key }) => key === event.key);
      if (page && Date.now() - since < PATIENCE) router.push(href(page.path, window.location.search));
      else if (event.key === '?') help.current();
      else if (event.key === '/') focusSearch(event);
      since = event.key === 'g' ? Date.now() : 0;
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [enabled, router]);
}

function focusSearch(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>('[data-search]');
  if (!field) return;
  event.preventDefault();
  field.focus();
}

export function Keys({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT();
  const [enabled, setEnabled] = useSingleKeys();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <dl className={css.keys}>
        <dt>
          <kbd>Ctrl</kbd> <kbd>K</kbd>
        </dt>
        <dd>{t('keys.palette')}</dd>
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>{t('keys.search')}</dd>
        {PAGES.map(({ key, name }) => (
          <Jump key={key} letter={key} name={t(name)} />
        ))}
        <dt>
          <kbd>+5</kbd> <kbd>=20</kbd>
        </dt>
        <dd>{t('keys.quantity')}</dd>
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>{t('keys.title')}</dd>
      </dl>
      <Switch
        mt="lg"
        label={t('keys.single')}
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
    </Modal>
  );
}

const Jump = ({ letter, name }: { letter: string; name: string }) => (
  <>
    <dt>
      <kbd>g</kbd> <kbd>{letter}</kbd>
    </dt>
    <dd>{name}</dd>
  </>
);
