'use client';

import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, Suspense, useState } from 'react';
import { Notes } from '@/components/notes';
import { ApiError } from '@/lib/api/errors';
import { LanguageProvider } from '@/lib/i18n';
import { SESSION_KEY } from '@/lib/session';
import { theme, variables } from './theme';

const MAY_PASS = new Set([0, 429, 502, 503, 504]);

function makeQueries(): QueryClient {
  const queries: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: true,
        // What was refused will be refused again; what was away may be back.
        retry: (failures, error) => failures < 2 && error instanceof ApiError && MAY_PASS.has(error.status),
      },
    },
  });
  queries.getQueryCache().subscribe(({ type, query }) => {
    const error = query.state.error;
    if (type !== 'updated' || !(error instanceof ApiError) || error.status !== 401) return;
    // The session ended elsewhere: ask who one is, which leads to the sign-in page.
    if (query.queryKey[0] !== SESSION_KEY[0]) void queries.invalidateQueries({ queryKey: SESSION_KEY });
  });
  return queries;
}

export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(makeQueries);
  return (
    <QueryClientProvider client={queries}>
      <DirectionProvider>
        <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
          <Notes />
          <LanguageProvider>
            <Suspense>{children}</Suspense>
          </LanguageProvider>
        </MantineProvider>
      </DirectionProvider>
    </QueryClientProvider>
  );
}
