'use client';

import { Anchor, Center } from '@mantine/core';
import Link from 'next/link';
import { Empty } from '@/components/feedback';
import { useT } from '@/lib/i18n';

export default function NotFound() {
  const t = useT();
  return (
    <Center component="main" h="100vh">
      <Empty
        title={t('not_found.title')}
        action={
          <Anchor component={Link} href="/">
            {t('not_found.home')}
          </Anchor>
        }
      >
        {t('not_found.lead')}
      </Empty>
    </Center>
  );
}
