import type { ReactNode } from 'react';
import css from './action-bar.module.css';

/** What can be done with what is chosen; it stays in view at the foot of a long list. */
export function ActionBar({
  label,
  says,
  children,
}: {
  label: string;
  says: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={`${css.bar} no-print`} aria-label={label}>
      <div className={`${css.says} figures`} role="status">
        {says}
      </div>
      <div className={css.acts}>{children}</div>
    </section>
  );
}
