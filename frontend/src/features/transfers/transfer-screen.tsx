'use client';

import { Button, Stack, Text } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Crumbs } from '@/components/crumbs';
import { type Fact, Facts } from '@/components/facts';
import { Failed, Waiting } from '@/components/feedback';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { LineTable } from './line-table';
import { type Transfer, useTransfer } from './queries';
import { TransferBadge } from './status';
import { stepsOf, type Verb } from './steps';
import { Timeline } from './timeline';
import { Way } from './transfer-table';

const DraftForm = dynamic(() => import('./draft-form').then((file) => file.DraftForm));
const PlainStep = dynamic(() => import('./plain-step').then((file) => file.PlainStep));
const ReceiveForm = dynamic(() => import('./receive-form').then((file) => file.ReceiveForm));
const QuantityForm = dynamic(() => import('./quantity-form').then((file) => file.QuantityForm));

export function TransferScreen({ id }: { id: string }) {
  const t = useT();
  const transfer = useTransfer(id);
  const isUnknown = transfer.error instanceof ApiError && [400, 404].includes(transfer.error.status);
  if (isUnknown) return <Failed error={new ApiError(404, 'not_found', t('transfer.not_found'))} />;
  if (!transfer.data && transfer.error)
    return <Failed error={transfer.error} retry={() => void transfer.refetch()} />;
  if (!transfer.data) return <Waiting />;
  return <Shown transfer={transfer.data} />;
}

function Shown({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const { caller } = useSession();
  const [doing, setDoing] = useState<Verb | null>(null);
  const verbs = stepsOf(transfer, caller);
  return (
    <Stack gap={4}>
      <Crumbs list={t('nav.transfers')} path="/transfers/" here={transfer.number} />
      <Page
        title={transfer.number}
        lead={<Way from={transfer.from_store_name} to={transfer.to_store_name} />}
        actions={verbs.map((verb, index) => (
          <Button key={verb} variant={index === 0 ? 'filled' : 'default'} onClick={() => setDoing(verb)}>
            {t(`transfer.do_${verb}`)}
          </Button>
        ))}
      >
        <Head transfer={transfer} />
        <LineTable transfer={transfer} />
        <Timeline id={transfer.id} />
      </Page>
      {doing && <Dialog verb={doing} transfer={transfer} onClose={() => setDoing(null)} />}
    </Stack>
  );
}

function Dialog({ verb, transfer, onClose }: { verb: Verb; transfer: Transfer; onClose: () => void }) {
  if (verb === 'change') return <DraftForm draft={transfer} onClose={onClose} />;
  if (verb === 'receive') return <ReceiveForm transfer={transfer} onClose={onClose} />;
  if (verb === 'dispatch' || verb === 'write_off' || verb === 'send_back') {
    return <QuantityForm verb={verb} transfer={transfer} onClose={onClose} />;
  }
  return <PlainStep verb={verb} transfer={transfer} onClose={onClose} />;
}

function Head({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const { format } = useSession();
  const sum = (value: (line: Transfer['lines'][number]) => number) =>
    transfer.lines.reduce((total, line) => total + value(line), 0);
  const inTransit = sum((line) => line.in_transit);
  const facts: Fact[] = [
    [t('field.status'), <TransferBadge key="status" status={transfer.status} />],
    [t('transfer.expected'), transfer.expected_on ? format.dayLong(transfer.expected_on) : '–'],
    [t('field.reference'), transfer.reference || '–'],
    [t('transfer.sent_at'), format.time(transfer.dispatched_at)],
  ];
  return (
    <Panel
      title={t('transfer.facts')}
      asked={{ data: facts, error: null, refetch: () => undefined }}
      height={60}
    >
      {(rows) => (
        <>
          <Facts facts={rows} />
          {transfer.note && (
            <Text size="sm" mt="sm" style={{ whiteSpace: 'pre-wrap' }}>
              {transfer.note}
            </Text>
          )}
          {inTransit > 0 && (
            <Text size="sm" mt="sm" c="var(--warn)">
              {t('transfer.unsettled', { units: format.quantity(inTransit) })}
            </Text>
          )}
        </>
      )}
    </Panel>
  );
}
