import css from './share-bar.module.css';

/** A part of a whole, drawn and written. */
export function ShareBar({ percent, text }: { percent: number | null | undefined; text: string }) {
  const width = Math.min(100, Math.max(0, percent ?? 0));
  return (
    <span className={css.bar}>
      <span className={css.track} aria-hidden>
        <span className={css.fill} style={{ width: `${width}%`, display: 'block' }} />
      </span>
      <span className={css.text}>{text}</span>
    </span>
  );
}
