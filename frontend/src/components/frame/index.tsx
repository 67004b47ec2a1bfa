'use client';

import { AppShell, Box, Group } from '@mantine/core';
import { Ellipsis } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useSession } from '@/lib/session';
import { FollowDirection } from './direction';
import css from './frame.module.css';
import { useJumps } from './jumps';
import { GroupedLinks, ScreenLink, useScreens } from './links';
import { LiveBadge } from './live-badge';
import { PersonMenu } from './person-menu';
import { Search } from './search';
import { StoreSwitch } from './store-switch';

const Keys = dynamic(() => import('./keys').then((module) => module.Keys), { ssr: false });
const More = dynamic(() => import('./more').then((module) => module.More), { ssr: false });

/** What stands around every screen: where one is, where one may go, whose stock it is and whether it is up to date. */
export function Frame({ children }: { children: ReactNode }) {
  const t = useT();
  const live = useLive();
  const [help, setHelp] = useState(false);
  useJumps(() => setHelp(true));
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: true } }}
      footer={{ height: { base: 60, sm: 0 } }}
      padding={{ base: 'sm', sm: 'lg' }}
      withBorder={false}
    >
      <a href="#content" className="skip">
        {t('nav.skip')}
      </a>
      <FollowDirection />
      <AppShell.Header className={css.header}>
        <Group h="100%" px={{ base: 'sm', sm: 'md' }} gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap" style={{ flex: 1, minWidth: 0 }}>
            <Brand />
            <div className={css.finder}>
              <Search />
            </div>
          </Group>
          <Group gap="sm" wrap="nowrap">
            <LiveBadge state={live} />
            <StoreSwitch />
            <PersonMenu onHelp={() => setHelp(true)} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar
        visibleFrom="sm"
        className={css.side}
        p="sm"
        component="nav"
        aria-label={t('nav.label')}
      >
        <GroupedLinks />
        <Organization />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {children}
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm" className={css.bar} component="nav" aria-label={t('nav.label')}>
        <PhoneLinks />
      </AppShell.Footer>
      {help && <Keys onClose={() => setHelp(false)} />}
    </AppShell>
  );
}

function Brand() {
  return (
    <Link href="/" className={css.brand}>
      {/* biome-ignore lint/performance/noImgElement: a drawing of 300 bytes needs no optimiser */}
      <img src="/icon.svg" alt="Onhand" width={28} height={28} />
      <Box component="span" visibleFrom="sm" aria-hidden>
        Onhand
      </Box>
    </Link>
  );
}

/** The few screens a phone has room for, and the way to all of them. */
function PhoneLinks() {
  const t = useT();
  const screens = useScreens();
  const [open, setOpen] = useState(false);
  return (
    <>
      {screens
        .filter(({ phone }) => phone)
        .map((screen) => (
          <ScreenLink key={screen.path} screen={screen} className={css.tab ?? ''} size={20} />
        ))}
      <button type="button" className={css.tab} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Ellipsis size={20} strokeWidth={1.8} aria-hidden />
        {t('nav.more')}
      </button>
      {open && <More onClose={() => setOpen(false)} />}
    </>
  );
}

function Organization() {
  const { caller } = useSession();
  return (
    <Box mt="auto" px={10} py={6} fz="xs" c="dimmed">
      {caller.organization.name}
    </Box>
  );
}
