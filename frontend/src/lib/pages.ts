'use client';

import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { cursorOf } from '@/lib/api/client';

export type Page<T> = { results: T[]; next?: string | null };
export const PAGE_SIZE = 100;

/** A list by keyset pages: rows that come or go meanwhile are neither skipped nor shown twice. */
export function usePages<T>(
  key: readonly unknown[],
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
) {
  const list = useInfiniteQuery<
    Page<T>,
    Error,
    InfiniteData<Page<T>>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => cursorOf(page.next),
    placeholderData: (former) => former,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.results), [list.data]);
  return { ...list, rows };
}

export type Pages<T> = ReturnType<typeof usePages<T>>;
