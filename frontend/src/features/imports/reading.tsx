'use client';

import { Button, Group, Select, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { sentence } from '@/components/feedback';
import panel from '@/components/panel.module.css';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useUrl } from '@/lib/url';
import {
  isKind,
  KINDS,
  type Kind,
  lacking,
  type Mapping,
  type Meanings,
  mappingOf,
  meaningsOf,
} from './columns';
import { MappingFields, TypedMapping, useLackSentence } from './mapping-fields';
import { type Change, type Import, useStep } from './queries';

const DATES = ['ymd', 'dmy', 'mdy'] as const;
const DECIMALS = ['.', ','] as const;
const DELIMITERS = [',', ';', '\t', '|'] as const;

type Found = {
  header?: string[];
  mapping?: Mapping;
  container?: string;
  encoding?: string;
  delimiter?: string;
  decimal?: string;
  date_format?: string;
  date_format_is_a_guess?: boolean;
};
type Asked = { keep_repeats?: boolean; keeps_stock?: boolean };
type Said = {
  kind: Kind | '';
  store: string;
  meanings: Meanings;
  date_format: NonNullable<Change['date_format']>;
  decimal: NonNullable<Change['decimal']>;
  delimiter: NonNullable<Change['delimiter']>;
  keep_repeats: boolean;
  keeps_stock: boolean;
};

const one = <T extends string>(of: readonly T[], text: string | undefined): T | '' =>
  of.find((value) => value === text) ?? '';

function asItIs(job: Import): Said {
  const found = job.found as Found;
  const asked = job.asked as Asked;
  return {
    kind: isKind(job.kind) ? job.kind : '',
    store: job.store === null ? '' : String(job.store),
    meanings: meaningsOf(found.header ?? [], found.mapping ?? {}),
    date_format: one(DATES, found.date_format),
    decimal: one(DECIMALS, found.decimal),
    delimiter: one(DELIMITERS, found.delimiter),
    keep_repeats: asked.keep_repeats ?? false,
    keeps_stock: asked.keeps_stock ?? false,
  };
}

/** Only what somebody changed is said; all else is found in the file again. */
function changes(job: Import, said: Said): Change {
  const was = asItIs(job);
  const former = (job.found as Found).mapping ?? {};
  const mapping = mappingOf(said.meanings, former);
  const isMapped = JSON.stringify(mapping) !== JSON.stringify(mappingOf(was.meanings));
  return {
    ...(said.kind !== was.kind && { kind: said.kind }),
    ...(said.store !== was.store && { store: said.store }),
    ...(isMapped && { mapping }),
    ...(said.date_format !== was.date_format && { date_format: said.date_format }),
    ...(said.decimal !== was.decimal && { decimal: said.decimal }),
    ...(said.delimiter !== was.delimiter && { delimiter: said.delimiter }),
    ...(said.keep_repeats !== was.keep_repeats && { keep_repeats: said.keep_repeats }),
    ...(said.keeps_stock !== was.keeps_stock && { keeps_stock: said.keeps_stock }),
  };
}

/** How the file was read, and the ways to have it read otherwise before anything of it is in. */
export function Reading({ job }: { job: Import }) {
  const t = useT();
  const { set } = useUrl();
  const step = useStep(job.id);
  const sentenceOf = useLackSentence();
  const [said, setSaid] = useState(() => asItIs(job));
  const change = (values: Partial<Said>) => setSaid((now) => ({ ...now, ...values }));
  const { header = [] } = job.found as Found;
  const body = changes(job, said);
  const isSame = Object.keys(body).length === 0;
  const lack = sentenceOf(lacking(said.meanings, said.kind), said.kind);
  const again = () =>
    step.mutate({ step: 'change', body }, { onSuccess: () => set({ view: null, outcome: null }) });
  return (
    <section className={panel.panel} aria-label={t('imports.view_reading')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('imports.reading_lead')}
        </Text>
        <Choices job={job} said={said} change={change} />
        {said.kind !== 'history' &&
          (header.length > 0 ? (
            <MappingFields
              header={header}
              meanings={said.meanings}
              onChange={(meanings) => change({ meanings })}
            />
          ) : (
            <TypedMapping meanings={said.meanings} onChange={(meanings) => change({ meanings })} />
          ))}
        {(lack || step.error) && (
          <Text size="sm" c={step.error ? 'var(--bad)' : 'dimmed'} role={step.error ? 'alert' : undefined}>
            {step.error ? sentence(step.error, t) : lack}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" disabled={isSame} onClick={() => setSaid(asItIs(job))}>
            {t('imports.as_found')}
          </Button>
          <Button disabled={isSame || lack !== ''} loading={step.isPending} onClick={again}>
            {t('imports.read_again')}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}

type ChoicesProps = { job: Import; said: Said; change: (values: Partial<Said>) => void };

function Choices({ job, said, change }: ChoicesProps) {
  const t = useT();
  const { stores } = useSession();
  const found = job.found as Found;
  const isText = found.container === undefined || found.container === 'csv';
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('action.clear') } };
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        <Select
          label={t('imports.kind')}
          placeholder={t('imports.find_it')}
          data={KINDS.map((value) => ({ value, label: t(`import.kind_${value}`) }))}
          value={said.kind || null}
          onChange={(next) => change({ kind: next !== null && isKind(next) ? next : '' })}
          description={said.kind ? t(`import.about_${said.kind}`) : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...clear}
        />
        {stores.length > 1 && (
          <Select
            label={t('imports.store')}
            placeholder={t('imports.no_store')}
            data={stores.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={said.store || null}
            onChange={(store) => change({ store: store ?? '' })}
            searchable
            {...clear}
          />
        )}
        <Select
          label={t('imports.dates')}
          placeholder={t('imports.find_it')}
          data={DATES.map((value) => ({ value, label: t(`imports.date_${value}`) }))}
          value={said.date_format || null}
          onChange={(next) => change({ date_format: one(DATES, next ?? '') })}
          description={found.date_format_is_a_guess ? t('imports.date_guess') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...clear}
        />
        <Select
          label={t('imports.decimal')}
          placeholder={t('imports.find_it')}
          data={[
            { value: '.', label: '1.50' },
            { value: ',', label: '1,50' },
          ]}
          value={said.decimal || null}
          onChange={(next) => change({ decimal: one(DECIMALS, next ?? '') })}
          {...clear}
        />
        {isText && (
          <Select
            label={t('imports.delimiter')}
            placeholder={t('imports.find_it')}
            data={[
              { value: ',', label: t('imports.comma') },
              { value: ';', label: t('imports.semicolon') },
              { value: '\t', label: t('imports.tab') },
              { value: '|', label: '|' },
            ]}
            value={said.delimiter || null}
            onChange={(next) => change({ delimiter: one(DELIMITERS, next ?? '') })}
            {...clear}
          />
        )}
      </SimpleGrid>
      <Switch
        label={t('imports.keep_repeats')}
        checked={said.keep_repeats}
        onChange={(event) => change({ keep_repeats: event.currentTarget.checked })}
      />
      <Switch
        label={t('imports.keeps_stock')}
        checked={said.keeps_stock}
        onChange={(event) => change({ keeps_stock: event.currentTarget.checked })}
      />
    </>
  );
}
