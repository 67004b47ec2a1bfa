import { useEffect, useRef } from 'react';
import css from './check.module.css';

type Props = {
  label: string;
  checked: boolean;
  /** Some of what it stands for is chosen, and some is not. */
  partly?: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
};

/** Chooses a row. Native: rows scroll fast. */
export function Check({ label, checked, partly = false, disabled = false, onChange }: Props) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = partly;
  }, [partly]);
  return (
    <span className={css.target}>
      <input
        ref={box}
        type="checkbox"
        className={css.box}
        aria-label={label}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </span>
  );
}
