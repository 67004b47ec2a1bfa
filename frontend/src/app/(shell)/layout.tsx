'use client';

import { Center } from '@mantine/core';
import type { ReactNode } from 'react';
import { Failed, Waiting } from '@/components/feedback';
import { Frame } from '@/components/frame';
import { SessionProvider } from '@/lib/session';

export default function ShellLayout({ children }: { children: ReactNode }) {
  return (
    <SessionProvider
      waiting={<Waiting />}
      failed={(error, retry) => (
        <Center h="60vh" px="md">
          <Failed error={error} retry={retry} />
        </Center>
      )}
    >
      <Frame>{children}</Frame>
    </SessionProvider>
  );
}
