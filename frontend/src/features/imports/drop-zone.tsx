'use client';

import { Button, Group, Progress, Text, Title } from '@mantine/core';
import { FileUp } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type DragEvent, useRef, useState } from 'react';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import css from './drop-zone.module.css';

const Examples = dynamic(() => import('./examples').then((module) => module.Examples), {
  ssr: false,
  loading: () => <Button variant="default" loading />,
});

type Props = {
  onFile: (file: File) => void;
  /** How much of the file has gone, from 0 to 1; none is on its way without it. */
  sending: { name: string; part: number } | null;
};

/** Takes a file that is dropped on it, or chosen by its button. */
export function DropZone({ onFile, sending }: Props) {
  const t = useT();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !sending) onFile(file);
  }
  function drag(event: DragEvent): void {
    event.preventDefault();
    setOver(event.type === 'dragover');
  }
  return (
    <section
      className={over ? `${css.zone} ${css.over}` : css.zone}
      aria-label={t('imports.drop_label')}
      onDragOver={drag}
      onDragLeave={drag}
      onDrop={drop}
    >
      <span className={css.mark} aria-hidden>
        <FileUp size={22} strokeWidth={1.7} />
      </span>
      <Title order={2} size="h4">
        {sending ? t('imports.sending', { name: sending.name }) : t('imports.drop')}
      </Title>
      {sending ? (
        <>
          <Progress
            value={sending.part * 100}
            w="100%"
            maw={360}
            aria-label={t('imports.sent_part')}
            animated
          />
          <Text size="sm" c="dimmed" className="figures" role="status">
            {format.share(Math.round(sending.part * 100))}
          </Text>
        </>
      ) : (
        <>
          <Text size="sm" c="dimmed" maw={520}>
            {t('imports.drop_lead')}
          </Text>
          <Group gap="xs" justify="center" mt={4}>
            <Button onClick={() => input.current?.click()}>{t('imports.choose')}</Button>
            <Examples />
          </Group>
        </>
      )}
      <input
        ref={input}
        type="file"
        hidden
        data-testid="import-file"
        accept=".csv,.tsv,.txt,.gz,.xlsx"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
    </section>
  );
}
