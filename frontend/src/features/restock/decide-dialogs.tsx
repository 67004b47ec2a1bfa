'use client';

import { Button, Group, Modal, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { reasons } from '@/components/feedback';
import { Tabs } from '@/components/tabs';
import { storeDay } from '@/lib/days';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import type { Line } from './lines';
import { useDecide } from './queries';

const LATER = ['7', '14', '30', '90'] as const;
const REASONS = ['promotion', 'weather', 'room', 'knows', 'supplier'] as const;

type Many = { lines: Line[]; onClose: () => void };

/** One after the other, with how far it is; what failed is said, and the others are done. */
function useMany(lines: Line[], onDone: () => void) {
  const t = useT();
  const decide = useDecide();
  const [done, setDone] = useState<number | null>(null);
  const [failed, setFailed] = useState('');
  async function run(one: (line: Line) => Parameters<typeof decide.mutateAsync>[0]): Promise<void> {
    setFailed('');
    const wrong: string[] = [];
    for (const [index, line] of lines.entries()) {
      setDone(index);
      await decide
        .mutateAsync(one(line))
        .catch((error: unknown) => wrong.push(`${line.product_name}: ${reasons(error, t)}`));
    }
    setDone(null);
    if (wrong.length === 0) onDone();
    else setFailed(wrong.slice(0, 3).join('\n'));
  }
  return { done, failed, run };
}

/** Not before a day: until then no proposal names the product for this store. */
export function PutOffDialog({ lines, onClose }: Many) {
  const t = useT();
  const { storeOf, place, format } = useSession();
  const { done, failed, run } = useMany(lines, onClose);
  const [days, setDays] = useState<(typeof LATER)[number]>('7');
  const zoneOf = (line: Line) => place(storeOf(line.store)).timeZone;
  const first = lines[0] as Line;
  return (
    <Asking title={t('putoff.title')} onClose={onClose}>
      <Text size="sm">{about(lines, t)}</Text>
      <Tabs
        label={t('putoff.how_long')}
        value={days}
        options={LATER.map((value) => ({ value, label: t('restock.days', { days: value }) }))}
        onChange={setDays}
      />
      <Text size="sm" c="dimmed">
        {t('putoff.until', { day: format.dayLong(storeDay(zoneOf(first), Number(days))) })}
      </Text>
      <Foot
        done={done}
        all={lines.length}
        failed={failed}
        act={t('restock.put_off')}
        onClose={onClose}
        onAct={() =>
          void run((line) => ({ verb: 'snooze', line, until: storeDay(zoneOf(line), Number(days)) }))
        }
      />
    </Asking>
  );
}

/** Not this time; the next proposal may name it again. */
export function SkipDialog({ lines, onClose }: Many) {
  const t = useT();
  const { done, failed, run } = useMany(lines, onClose);
  const [reason, setReason] = useState('');
  return (
    <Asking title={t('skip.title')} onClose={onClose}>
      <Text size="sm">{about(lines, t)}</Text>
      <Text size="sm" c="dimmed">
        {t('skip.lead')}
      </Text>
      <TextInput
        label={t('skip.reason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Foot
        done={done}
        all={lines.length}
        failed={failed}
        act={t('restock.skip')}
        onClose={onClose}
        onAct={() => void run((line) => ({ verb: 'dismiss', line, reason }))}
      />
    </Asking>
  );
}

/** Why another quantity: it is kept beside the proposed one, and looked at when its days are over. */
export function ReasonDialog({
  line,
  quantity,
  onClose,
}: {
  line: Line;
  quantity: number;
  onClose: () => void;
}) {
  const t = useT();
  const { format } = useSession();
  const { done, failed, run } = useMany([line], onClose);
  const [reason, setReason] = useState('');
  return (
    <Asking title={t('reason.title', { quantity: format.quantity(quantity) })} onClose={onClose}>
      <Text size="sm">
        {t('reason.lead', { product: line.product_name, proposed: format.quantity(line.quantity) })}
      </Text>
      <Group gap={6}>
        {REASONS.map((one) => (
          <Button key={one} size="xs" variant="default" onClick={() => setReason(t(`reason.${one}`))}>
            {t(`reason.${one}`)}
          </Button>
        ))}
      </Group>
      <TextInput
        label={t('field.reason')}
        value={reason}
        maxLength={300}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Foot
        done={done}
        all={1}
        failed={failed}
        act={t('reason.save')}
        ready={reason.trim() !== ''}
        onClose={onClose}
        onAct={() => void run(() => ({ verb: 'edit', line, quantity, reason }))}
      />
    </Asking>
  );
}

function about(lines: Line[], t: ReturnType<typeof useT>): string {
  const [first] = lines;
  return lines.length === 1 && first
    ? t('restock.choose', { product: first.product_name, store: first.store_name })
    : t(lines.length === 1 ? 'papers.line' : 'papers.lines', { count: lines.length });
}

function Asking({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: React.ReactNode;
}) {
  const t = useT();
  return (
    <Modal
      opened
      centered
      title={title}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="sm">{children}</Stack>
    </Modal>
  );
}

type FootProps = {
  done: number | null;
  all: number;
  failed: string;
  act: string;
  ready?: boolean;
  onAct: () => void;
  onClose: () => void;
};

function Foot({ done, all, failed, act, ready = true, onAct, onClose }: FootProps) {
  const t = useT();
  return (
    <>
      {done !== null && all > 1 && (
        <Progress value={(100 * done) / all} animated aria-label={t('papers.progress', { done, all })} />
      )}
      {failed && (
        <Text role="alert" size="sm" c="var(--bad)" style={{ whiteSpace: 'pre-line' }}>
          {failed}
        </Text>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button onClick={onAct} loading={done !== null} disabled={!ready}>
          {act}
        </Button>
      </Group>
    </>
  );
}
