import type { ReactNode } from 'react';
import css from './badge.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain';

/** A word with a colour; the word alone says it too. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={tone === 'plain' ? css.badge : `${css.badge} ${css[tone]}`}>{children}</span>;
}
