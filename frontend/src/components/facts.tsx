'use client';

import { SimpleGrid, type SimpleGridProps, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export type Fact = [name: string, value: ReactNode];

type Props = { facts: Fact[]; columns?: SimpleGridProps['cols'] };

/** What is known of one record, name by name. */
export function Facts({ facts, columns = 4 }: Props) {
  const cols = typeof columns === 'number' ? { base: 2, sm: columns } : columns;
  return (
    <SimpleGrid component="dl" cols={cols} spacing="md" verticalSpacing="sm" m={0}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="xs" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" m={0} className="figures" style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}
