'use client';

import { Anchor, Box, Button, Center, Paper, Stack, Text, Title } from '@mantine/core';
import Link from 'next/link';
import type { FormEvent, ReactNode } from 'react';
import { sentence } from '@/components/feedback';
import { FollowDirection } from '@/components/frame/direction';
import { useT } from '@/lib/i18n';

type Props = {
  title: string;
  lead: string;
  action: string;
  busy: boolean;
  error: unknown;
  onSubmit: (form: FormData) => void;
  other?: { question: string; words: string; path: string };
  children: ReactNode;
};

/** The one form of signing in, registering and joining: fields, what was wrong, one button. */
export function AuthCard({ title, lead, action, busy, error, onSubmit, other, children }: Props) {
  const t = useT();
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  }
  return (
    <Center component="main" mih="100vh" px="md" py="xl">
      <FollowDirection />
      <Box w="100%" maw={400}>
        <Stack align="center" gap={10} mb="lg" ta="center">
          {/* biome-ignore lint/performance/noImgElement: a drawing of 300 bytes needs no optimiser */}
          <img src="/icon.svg" alt="Onhand" width={44} height={44} />
          <Title order={1}>{title}</Title>
          <Text c="dimmed" size="sm">
            {lead}
          </Text>
        </Stack>
        <Paper withBorder p="lg" radius="lg" bg="var(--surface)">
          <form onSubmit={submit} noValidate>
            <Stack gap="sm">
              {children}
              {error ? (
                <Text role="alert" size="sm" c="var(--bad)">
                  {sentence(error, t)}
                </Text>
              ) : null}
              <Button type="submit" fullWidth size="md" mt={6} loading={busy}>
                {action}
              </Button>
            </Stack>
          </form>
        </Paper>
        {other && (
          <Text ta="center" size="sm" mt="md" c="dimmed">
            {other.question}{' '}
            <Anchor component={Link} href={other.path} underline="always">
              {other.words}
            </Anchor>
          </Text>
        )}
      </Box>
    </Center>
  );
}

export const text = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();
