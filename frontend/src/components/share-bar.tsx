import css from './share-bar.module.css';

type Props = { part: number | null | undefined; of: number; text: string };

/** A figure beside the largest of its kind, drawn and written. */
export function ShareBar({ part, of, text }: Props) {
  const width = of > 0 ? Math.min(100, Math.max(0, ((part ?? 0) / of) * 100)) : 0;
  return (
    <span className={css.bar}>
      <span className={css.track} aria-hidden>
        <span className={css.fill} style={{ width: `${width}%`, display: 'block' }} />
      </span>
      <span className={css.text}>{text}</span>
    </span>
  );
}
