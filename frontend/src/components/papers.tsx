'use client';

import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { CircleCheck, Mail, Truck } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Badge } from '@/components/badge';
import { reasons } from '@/components/feedback';
import css from '@/components/panel.module.css';
import type { Schemas } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { type SendBy, type Supplier, useSendOrder, useSuppliers } from '@/lib/papers';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';

type Accepted = Schemas['RestockAccepted'];
type Purchase = Accepted['purchases'][number];
type Sent = { by?: SendBy; error?: string };

/** The drafts a decision became, and their next step: telling the suppliers. */
export function Papers({ answer, onClose }: { answer: Accepted; onClose: () => void }) {
  const t = useT();
  const suppliers = useSuppliers();
  const send = useSendOrder();
  const [sent, setSent] = useState<Record<string, Sent>>({});
  const [working, setWorking] = useState(false);
  const mailOf = (paper: Purchase) => suppliers.data?.find(({ id }) => id === paper.supplier)?.email ?? '';
  const waiting = answer.purchases.filter((paper) => mailOf(paper) && !sent[paper.id]?.by);
  const done = answer.purchases.filter(({ id }) => sent[id]?.by).length;

  async function tell(papers: Purchase[], by: SendBy): Promise<void> {
    setWorking(true);
    for (const { id } of papers) {
      const became = await send.mutateAsync({ id, by }).then(
        (): Sent => ({ by }),
        (error: unknown): Sent => ({ error: reasons(error, t) }),
      );
      setSent((before) => ({ ...before, [id]: became }));
    }
    setWorking(false);
  }

  return (
    <Modal
      opened
      size="lg"
      centered
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      title={t('papers.title')}
    >
      <Stack gap="md">
        {answer.dropped.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('papers.dropped', { count: answer.dropped.length })}
          </Text>
        )}
        <ul className={css.rows}>
          {answer.purchases.map((paper) => (
            <PurchaseRow
              key={paper.id}
              paper={paper}
              supplier={suppliers.data?.find(({ id }) => id === paper.supplier)}
              sent={sent[paper.id]}
              onTold={working ? undefined : () => void tell([paper], 'other')}
            />
          ))}
          {answer.transfers.map((paper) => (
            <TransferRow key={paper.id} paper={paper} />
          ))}
        </ul>
        {(working || done > 0) && (
          <Progress
            aria-label={t('papers.progress', { done, all: answer.purchases.length })}
            value={(100 * done) / Math.max(answer.purchases.length, 1)}
            animated={working}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={working}>
            {waiting.length > 0 ? t('papers.later') : t('action.done')}
          </Button>
          {waiting.length > 0 && (
            <Button
              leftSection={<Mail size={16} aria-hidden />}
              loading={working}
              onClick={() => void tell(waiting, 'email')}
            >
              {t(waiting.length === 1 ? 'papers.send_one' : 'papers.send', { count: waiting.length })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

type RowProps = {
  paper: Purchase;
  supplier: Supplier | undefined;
  sent: Sent | undefined;
  onTold: (() => void) | undefined;
};

function PurchaseRow({ paper, supplier, sent, onTold }: RowProps) {
  const t = useT();
  const { storeOf } = useSession();
  const { query } = useUrl();
  const place = storeOf(paper.store)?.name ?? '';
  return (
    <li className={css.row}>
      <div>
        <Link href={href('/orders/', query, { id: paper.id })}>{paper.number}</Link>
        <div className={css.small}>
          {t('papers.from_to', { from: supplier?.name ?? '', to: place })} ·{' '}
          {t(paper.lines === 1 ? 'papers.line' : 'papers.lines', { count: paper.lines })}
        </div>
        {sent?.error && (
          <Text role="alert" size="xs" c="var(--bad)">
            {sent.error}
          </Text>
        )}
      </div>
      {sent?.by ? (
        <Badge tone="good">
          <CircleCheck size={12} aria-hidden /> {t(sent.by === 'email' ? 'papers.mailed' : 'papers.told')}
        </Badge>
      ) : supplier && !supplier.email ? (
        <div style={{ textAlign: 'end' }}>
          <div className={css.small}>{t('papers.no_mail', { phone: supplier.phone || '–' })}</div>
          <Button size="compact-xs" variant="default" onClick={onTold} disabled={!onTold}>
            {t('papers.tell')}
          </Button>
        </div>
      ) : (
        <Badge>{t('papers.draft')}</Badge>
      )}
    </li>
  );
}

function TransferRow({ paper }: { paper: Accepted['transfers'][number] }) {
  const t = useT();
  const { storeOf } = useSession();
  const { query } = useUrl();
  const from = storeOf(paper.from_store)?.name ?? '';
  const to = storeOf(paper.to_store)?.name ?? '';
  return (
    <li className={css.row}>
      <div>
        <Link href={href('/transfers/', query, { id: paper.id })} prefetch={false}>
          {paper.number}
        </Link>
        <div className={css.small}>
          {t('papers.from_to', { from, to })} ·{' '}
          {t(paper.lines === 1 ? 'papers.line' : 'papers.lines', { count: paper.lines })}
        </div>
      </div>
      <Badge tone="info">
        <Truck size={12} aria-hidden /> {t('papers.transfer')}
      </Badge>
    </li>
  );
}
