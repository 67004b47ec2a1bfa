'use client';

import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import {
  isKind,
  KINDS,
  type Kind,
  lacking,
  type Meanings,
  mappingOf,
  meaningsOf,
  readHeader,
} from './columns';
import { MappingFields, TypedMapping, useLackSentence } from './mapping-fields';
import type { Sent } from './queries';

const READ = 65_536; // bytes in which a first line ends
const IS_TEXT = /\.(csv|tsv|txt)$/i;

type Props = {
  file: File;
  /** Why the file was refused as it is. */
  error: ApiError;
  busy: boolean;
  onSend: (sent: Sent) => void;
  onClose: () => void;
};

/** Asks what a file holds whose first line did not tell, and sends it again with the answer. */
export function MeaningDialog({ file, error, busy, onSend, onClose }: Props) {
  const t = useT();
  const sentenceOf = useLackSentence();
  const header = useHeader(file);
  const [kind, setKind] = useState<Kind | ''>('');
  const [meanings, setMeanings] = useState<Meanings>({});
  const lack = sentenceOf(lacking(meanings, kind), kind);
  const mapping = mappingOf(meanings);
  const needsMapping = kind !== 'history';

  function send(): void {
    onSend({ file, kind, ...(needsMapping && Object.keys(mapping).length > 0 && { mapping }) });
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('imports.what_is_it')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="md">
        <Text size="sm" role="alert">
          {error.message}
        </Text>
        <Select
          label={t('imports.kind')}
          placeholder={t('imports.choose_kind')}
          data={KINDS.map((value) => ({ value, label: t(`import.kind_${value}`) }))}
          value={kind || null}
          onChange={(next) => setKind(next !== null && isKind(next) ? next : '')}
          description={kind ? t(`import.about_${kind}`) : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-autofocus
        />
        {needsMapping &&
          (header.length > 0 ? (
            <MappingFields
              header={header}
              meanings={{ ...meaningsOf(header, {}), ...meanings }}
              onChange={setMeanings}
            />
          ) : (
            <TypedMapping meanings={meanings} onChange={setMeanings} />
          ))}
        {kind !== '' && lack && (
          <Text size="sm" c="dimmed">
            {lack}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button onClick={send} loading={busy} disabled={kind === ''}>
            {t('imports.send_again')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** The columns' names in a file of text; none where only the server can open it. */
function useHeader(file: File): string[] {
  const [header, setHeader] = useState<string[]>([]);
  useEffect(() => {
    let gone = false;
    if (IS_TEXT.test(file.name)) {
      void file
        .slice(0, READ)
        .text()
        .then((text) => {
          if (!gone) setHeader(readHeader(text));
        });
    }
    return () => {
      gone = true;
    };
  }, [file]);
  return header;
}
