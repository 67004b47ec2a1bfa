'use client';

import { Group } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Download } from '@/components/download';
import { Empty, Failed } from '@/components/feedback';
import { Page } from '@/components/page';
import { Select } from '@/components/select';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { isKind, KINDS } from './columns';
import { DropZone } from './drop-zone';
import { HistoryTable } from './history-table';
import { type ImportFilters, type Sent, STATUSES, useImports, useSend } from './queries';

const Meaning = dynamic(() => import('./meaning-dialog').then(({ MeaningDialog }) => MeaningDialog), {
  ssr: false,
});

/** A refusal that is over once somebody says what the file holds. */
const asksForMeaning = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.status === 400 && ('kind' in error.fields || 'mapping' in error.fields);

function useFilters(): ImportFilters {
  const { get } = useUrl();
  const kind = get('kind');
  return { kind: isKind(kind) ? kind : '', status: STATUSES.find((one) => one === get('status')) ?? '' };
}

export function ImportsScreen() {
  const t = useT();
  const { caller } = useSession();
  const allowed = mayAct(caller, 'manager');
  const filters = useFilters();
  return (
    <Page
      title={t('nav.imports')}
      lead={t('imports.lead')}
      actions={
        allowed && (
          <Download
            path="/api/imports/"
            filters={{ kind: filters.kind || null, status: filters.status || null }}
          />
        )
      }
    >
      {allowed ? (
        <>
          <Send />
          <History filters={filters} />
        </>
      ) : (
        <Empty title={t('imports.not_yours')}>{t('imports.not_yours_lead')}</Empty>
      )}
    </Page>
  );
}

function Send() {
  const { store } = useSession();
  const { query } = useUrl();
  const router = useRouter();
  const [part, setPart] = useState(0);
  const [file, setFile] = useState<File | null>(null);
  const send = useSend(setPart);
  function go(sent: Sent): void {
    setPart(0);
    setFile(sent.file);
    // The store that the screens are about is the store of rows that name none.
    const known = { ...(store && { store: String(store.id) }), ...sent };
    send.mutate(known, { onSuccess: ({ id }) => router.push(href('/imports/', query, { id: String(id) })) });
  }
  const asked = asksForMeaning(send.error) && file ? { file, error: send.error } : null;
  const sending = (send.isPending || send.isSuccess) && file ? { name: file.name, part } : null;
  return (
    <>
      <DropZone onFile={(chosen) => go({ file: chosen })} sending={sending} />
      {send.error && !asked && <Failed error={send.error} />}
      {asked && (
        <Meaning
          file={asked.file}
          error={asked.error}
          busy={send.isPending}
          onSend={go}
          onClose={send.reset}
        />
      )}
    </>
  );
}

function History({ filters }: { filters: ImportFilters }) {
  const t = useT();
  const { set } = useUrl();
  const list = useImports(filters);
  const filtered = filters.kind !== '' || filters.status !== '';
  return (
    <>
      <Group gap="sm">
        <Select
          aria-label={t('field.kind')}
          placeholder={t('imports.all_kinds')}
          data={KINDS.map((value) => ({ value, label: t(`import.kind_${value}`) }))}
          value={filters.kind || null}
          onChange={(kind) => set({ kind })}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          w={{ base: '100%', sm: 220 }}
        />
        <Select
          aria-label={t('field.status')}
          placeholder={t('imports.all_states')}
          data={STATUSES.map((value) => ({ value, label: t(`import.status_${value}`) }))}
          value={filters.status || null}
          onChange={(status) => set({ status })}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          w={{ base: '100%', sm: 170 }}
        />
      </Group>
      <HistoryTable
        list={list}
        empty={
          <Empty title={filtered ? t('imports.none_found') : t('imports.none')}>
            {filtered ? null : t('imports.none_lead')}
          </Empty>
        }
      />
    </>
  );
}
