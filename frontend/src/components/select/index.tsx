'use client';

import {
  Input,
  InputBase,
  type InputBaseProps,
  type MultiSelectProps,
  type SelectProps,
} from '@mantine/core';
import { ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWhenAsked } from '@/lib/when-asked';

/*
 * Mantine's Select and MultiSelect for what a screen shows first, with the same props. Their list, its position and its
 * search weigh more than most screens do, so they are fetched when somebody is about to choose; until then a button
 * stands in their place and says what is chosen. What is itself loaded on demand (a form, a dialog) takes Mantine's.
 */
const load = () => import('./real');
type Real = Awaited<ReturnType<typeof load>>;
type Choices = SelectProps['data'] | MultiSelectProps['data'];

export function Select(props: SelectProps) {
  const shown = wordsOf(props.data, props.value ? [String(props.value)] : []);
  return (
    <Standing props={props} shown={shown}>
      {({ Select: Mantine }) => <Mantine {...props} autoFocus defaultDropdownOpened />}
    </Standing>
  );
}

export function MultiSelect(props: MultiSelectProps) {
  const shown = wordsOf(props.data, (props.value ?? []).map(String));
  return (
    <Standing props={props} shown={shown}>
      {({ MultiSelect: Mantine }) => <Mantine {...props} autoFocus defaultDropdownOpened />}
    </Standing>
  );
}

/** The labels of what is chosen. */
export function wordsOf(data: Choices, chosen: string[]): string {
  const all = (data ?? []).flatMap((one) =>
    typeof one === 'object' && 'group' in one ? (one.items as readonly unknown[]) : [one],
  );
  const labels = new Map(
    all.map((one) => {
      const { value, label } =
        typeof one === 'object' ? (one as { value: unknown; label: string }) : { value: one, label: one };
      return [String(value), String(label)] as const;
    }),
  );
  return chosen.map((value) => labels.get(value) ?? value).join(', ');
}

type StandingProps = {
  props: SelectProps | MultiSelectProps;
  shown: string;
  children: (real: Real) => ReactNode;
};

function Standing({ props, shown, children }: StandingProps) {
  const { part, ask, warm } = useWhenAsked(load);
  if (part) return children(part);
  const { label, description, error, leftSection, size, placeholder, disabled, w, mt, style } = props;
  const name = props['aria-label'];
  // Who speaks to the screen says what stands there, so the name holds it.
  const said = shown || (placeholder ?? '');
  const look = { label, description, error, leftSection, size, disabled, w, mt, style };
  return (
    <InputBase
      component="button"
      type="button"
      pointer
      {...(look as InputBaseProps)}
      {...(name ? { 'aria-label': `${name}: ${said}` } : {})}
      aria-haspopup="listbox"
      rightSection={<ChevronsUpDown size={14} aria-hidden />}
      rightSectionPointerEvents="none"
      styles={{ input: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } }}
      onPointerEnter={warm}
      onFocus={warm}
      onClick={ask}
    >
      {shown || <Input.Placeholder>{placeholder}</Input.Placeholder>}
    </InputBase>
  );
}
