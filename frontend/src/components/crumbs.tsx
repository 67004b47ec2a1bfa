'use client';

import { Anchor, Breadcrumbs, Text } from '@mantine/core';
import Link from 'next/link';
import { href, useUrl } from '@/lib/url';

/** The way back from one record to its list. */
export function Crumbs({ list, path, here }: { list: string; path: string; here: string }) {
  const { query } = useUrl();
  return (
    <Breadcrumbs fz="sm" className="no-print" w="100%" maw={1440} mx="auto">
      <Anchor component={Link} size="sm" href={href(path, query)}>
        {list}
      </Anchor>
      <Text size="sm" c="dimmed">
        {here}
      </Text>
    </Breadcrumbs>
  );
}
