'use client';

import { Skeleton } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import css from './kpi.module.css';

type Props = {
  name: string;
  value: string | undefined;
  more?: ReactNode;
  path?: string;
  tone?: 'good' | 'warn' | 'bad';
};

/** A figure with its name; a figure one can do something about leads to where. */
export function Kpi({ name, value, more, path, tone }: Props) {
  const inside = (
    <>
      <div className={css.name}>
        {tone && <span className={css.dot} style={{ background: `var(--${tone})` }} aria-hidden />}
        {name}
      </div>
      <div className={css.value}>{value ?? <Skeleton height={26} width="60%" my={3} />}</div>
      <div className={css.more}>{more}</div>
    </>
  );
  return path ? (
    <Link href={path} className={css.kpi}>
      {inside}
    </Link>
  ) : (
    <div className={css.kpi}>{inside}</div>
  );
}

/** How much more or less than before; what is not known is not said. */
export function Growth({ value, text }: { value: number | null | undefined; text: string }) {
  if (value == null) return null;
  return <span className={value < 0 ? css.down : css.up}>{text}</span>;
}
