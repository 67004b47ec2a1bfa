import css from './tiles.module.css';

export type Tile = { key: string; name: string; count: string; more?: string; colour: string };
type Props = { label: string; tiles: Tile[]; value: string; onChange: (key: string) => void };

/** Figures that stand for rows: one shows its rows only, and once more all of them. */
export function Tiles({ label, tiles, value, onChange }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid in every browser
    <div className={css.tiles} role="group" aria-label={label}>
      {tiles.map(({ key, name, count, more, colour }) => (
        <button
          key={key}
          type="button"
          className={css.tile}
          style={{ ['--tone' as string]: colour }}
          aria-pressed={value === key}
          onClick={() => onChange(value === key ? '' : key)}
        >
          <span className={css.name}>{name}</span>
          <span className={css.count}>{count}</span>
          {more !== undefined && <span className={css.more}>{more}</span>}
        </button>
      ))}
    </div>
  );
}
