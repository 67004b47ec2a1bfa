'use client';

import { Select, TextInput } from '@mantine/core';
import { PlainTable } from '@/components/table/plain-table';
import { useT } from '@/lib/i18n';
import { COLUMNS, isColumn, type Kind, type Lack, type Meanings } from './columns';

type Props = {
  header: string[];
  meanings: Meanings;
  onChange: (meanings: Meanings) => void;
  disabled?: boolean;
};

/** Each column of the file, and what it is. */
export function MappingFields({ header, meanings, onChange, disabled = false }: Props) {
  const t = useT();
  const choices = COLUMNS.map((value) => ({ value, label: t(`import.column_${value}`) }));
  return (
    <PlainTable
      label={t('imports.columns')}
      rows={header}
      rowKey={(name) => name}
      columns={[
        { id: 'theirs', header: t('imports.column_theirs'), width: 220, cell: (name) => name },
        {
          id: 'ours',
          header: t('imports.column_ours'),
          cell: (name) => (
            <Select
              aria-label={t('imports.meaning_of', { column: name })}
              placeholder={t('imports.not_used')}
              data={choices}
              value={meanings[name] || null}
              onChange={(next) =>
                onChange({ ...meanings, [name]: next !== null && isColumn(next) ? next : '' })
              }
              size="xs"
              maw={320}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': t('action.clear') }}
              nothingFoundMessage={t('list.nothing')}
              disabled={disabled}
            />
          ),
        },
      ]}
    />
  );
}

/** The same where the browser cannot read the file's header: ours are listed, theirs typed. */
export function TypedMapping({ meanings, onChange }: Pick<Props, 'meanings' | 'onChange'>) {
  const t = useT();
  const theirs = (ours: string) =>
    Object.entries(meanings).find(([, meaning]) => meaning === ours)?.[0] ?? '';
  function change(ours: (typeof COLUMNS)[number], name: string): void {
    const others = Object.entries(meanings).filter(([, meaning]) => meaning !== ours);
    onChange(Object.fromEntries(name === '' ? others : [...others, [name, ours]]));
  }
  return (
    <PlainTable
      label={t('imports.columns')}
      rows={[...COLUMNS]}
      rowKey={(name) => name}
      columns={[
        {
          id: 'ours',
          header: t('imports.column_ours'),
          width: 240,
          cell: (name) => t(`import.column_${name}`),
        },
        {
          id: 'theirs',
          header: t('imports.column_theirs'),
          cell: (name) => (
            <TextInput
              aria-label={t('imports.name_of', { column: t(`import.column_${name}`) })}
              size="xs"
              defaultValue={theirs(name)}
              onBlur={(event) => change(name, event.currentTarget.value.trim())}
            />
          ),
        },
      ]}
    />
  );
}

/** What is still to be said before the file can be read, in a sentence; empty when nothing is. */
export function useLackSentence(): (lack: Lack, kind: Kind | '') => string {
  const t = useT();
  return ({ twice, missing, noProduct }, kind) => {
    const named = (columns: readonly (typeof COLUMNS)[number][]) =>
      columns.map((column) => t(`import.column_${column}`)).join(', ');
    if (twice.length > 0) return t('imports.twice', { columns: named(twice) });
    if (missing.length > 0 && kind !== '')
      return t('imports.missing', { kind: t(`import.kind_${kind}`), columns: named(missing) });
    return noProduct ? t('imports.no_product') : '';
  };
}
