'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useMemo } from 'react';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import css from './frame.module.css';
import { GROUPS, PAGES, type Screen } from './pages';

/** The screens that the caller's role may open. */
export function useScreens(): Screen[] {
  const { caller } = useSession();
  return useMemo(() => PAGES.filter(({ needs }) => !needs || mayAct(caller, needs)), [caller]);
}

export function ScreenLink({ screen, className, size }: { screen: Screen; className: string; size: number }) {
  const t = useT();
  const here = usePathname();
  const { query } = useUrl();
  const { path, name, icon: Icon } = screen;
  return (
    <Link href={href(path, query)} className={className} aria-current={here === path ? 'page' : undefined}>
      <Icon size={size} strokeWidth={1.8} aria-hidden />
      {t(name)}
    </Link>
  );
}

/** Every screen, in groups that have a name each. */
export function GroupedLinks() {
  const t = useT();
  const screens = useScreens();
  return GROUPS.map((group) => {
    const own = screens.filter((screen) => screen.group === group);
    if (own.length === 0) return null;
    return (
      <div key={group} className={css.group}>
        <div className={css.heading} id={`nav-${group}`}>
          {t(`nav.group_${group}`)}
        </div>
        <ul aria-labelledby={`nav-${group}`}>
          {own.map((screen) => (
            <li key={screen.path}>
              <ScreenLink screen={screen} className={css.link ?? ''} size={18} />
            </li>
          ))}
        </ul>
      </div>
    );
  });
}
