'use client';

import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

type Props = { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A screen: its name, what can be done there, and what it shows. */
export function Page({ title, lead, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Onhand`;
  }, [title]);
  return (
    <Stack gap="md" w="100%" maw={1440} mx="auto">
      <Group justify="space-between" align="flex-start" gap="sm" mih={36}>
        <Box>
          <Title order={1}>{title}</Title>
          {lead && (
            <Text size="sm" c="dimmed" mt={2}>
              {lead}
            </Text>
          )}
        </Box>
        {actions && (
          <Group gap="xs" className="no-print" maw="100%">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Stack>
  );
}
