'use client';

import { Skeleton } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Failed } from './feedback';
import css from './panel.module.css';

type Asked<T> = { data: T | undefined; error: unknown; refetch: () => unknown };

type Props<T> = {
  title: string;
  asked: Asked<T>;
  height: number;
  more?: { words: string; path: string };
  /** What chooses what the panel shows. */
  aside?: ReactNode;
  children: (data: T) => ReactNode;
};

/** A part of a screen with its four faces: waiting, failed with a way to try again, empty (its content's) and full. */
export function Panel<T>({ title, asked, height, more, aside, children }: Props<T>) {
  return (
    <section className={css.panel} aria-label={title}>
      <div className={css.head}>
        <h2>{title}</h2>
        {aside}
        {more && (
          <Link className={css.link} href={more.path}>
            {more.words}
          </Link>
        )}
      </div>
      {asked.data !== undefined ? (
        children(asked.data)
      ) : asked.error ? (
        <Failed error={asked.error} retry={() => void asked.refetch()} />
      ) : (
        <Skeleton height={height} />
      )}
    </section>
  );
}
