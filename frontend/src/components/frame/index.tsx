'use client';

import { AppShell, Box, Group, Stack } from '@mantine/core';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { FollowDirection } from './direction';
import css from './frame.module.css';
import { Keys, useJumps } from './keys';
import { LiveBadge } from './live-badge';
import { PAGES } from './pages';
import { Palette, SearchButton, SearchIcon } from './palette';
import { PersonMenu } from './person-menu';
import { StoreSwitch } from './store-switch';

/** What stands around every screen: where one is, where one may go, whose stock it is and whether it is up to date. */
export function Frame({ children }: { children: ReactNode }) {
  const t = useT();
  const { caller } = useSession();
  const live = useLive(`${caller.organization.id}-${caller.id}`);
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
            <Box visibleFrom="sm" style={{ flex: 1 }} ml={106}>
              <SearchButton />
            </Box>
          </Group>
          <Group gap="sm" wrap="nowrap">
            <SearchIcon />
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
        <Stack gap={2}>
          <Links className={css.link ?? ''} size={18} />
        </Stack>
        <Organization />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {children}
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm" className={css.bar} component="nav" aria-label={t('nav.label')}>
        <Links className={css.tab ?? ''} size={20} />
      </AppShell.Footer>
      <Palette />
      <Keys opened={help} onClose={() => setHelp(false)} />
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

function Links({ className, size }: { className: string; size: number }) {
  const t = useT();
  const path = usePathname();
  const { query } = useUrl();
  return PAGES.map(({ path: to, name, icon: Icon }) => (
    <Link
      key={to}
      href={href(to, query)}
      className={className}
      aria-current={path === to ? 'page' : undefined}
    >
      <Icon size={size} strokeWidth={1.8} aria-hidden />
      {t(name)}
    </Link>
  ));
}

function Organization() {
  const { caller } = useSession();
  return (
    <Box mt="auto" px={10} py={6} fz="xs" c="dimmed">
      {caller.organization.name}
    </Box>
  );
}
