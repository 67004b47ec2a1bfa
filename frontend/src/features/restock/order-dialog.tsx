'use client';

import { Alert, Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { Truck, Warehouse } from 'lucide-react';
import { useState } from 'react';
import { reasons } from '@/components/feedback';
import panel from '@/components/panel.module.css';
import { Papers } from '@/components/papers';
import { newKey } from '@/lib/api/client';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { type Line, movedLines, papersOf, sumOf } from './lines';
import { useAccept } from './queries';

const SHOWN = 8;

/** Says which papers the lines become, makes them, and goes on to their next step. */
export function OrderDialog({ lines, onClose }: { lines: Line[]; onClose: () => void }) {
  const t = useT();
  const accept = useAccept();
  const [key, setKey] = useState(newKey);
  if (accept.data) return <Papers answer={accept.data} onClose={onClose} />;
  const moved = accept.error instanceof ApiError && accept.error.code === 'numbers_changed';

  function order(fresh: boolean): void {
    // Other words are another question, and a question has its own key.
    const name = fresh ? newKey() : key;
    setKey(name);
    accept.mutate({ lines: lines.map(({ id }) => id), fresh, key: name });
  }

  return (
    <Modal
      opened
      size="lg"
      centered
      onClose={onClose}
      title={t('order.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="md">
        <Preview lines={lines} />
        {accept.isPending && <Progress value={100} animated aria-label={t('order.working')} />}
        {accept.error && !moved && (
          <Text role="alert" size="sm" c="var(--bad)">
            {reasons(accept.error, t)}
          </Text>
        )}
        {moved && <Changed lines={lines} error={accept.error as ApiError} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={accept.isPending}>
            {t('action.cancel')}
          </Button>
          <Button onClick={() => order(moved)} loading={accept.isPending}>
            {t(moved ? 'order.take_new' : 'order.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Preview({ lines }: { lines: Line[] }) {
  const t = useT();
  const { format, caller } = useSession();
  const papers = papersOf(lines);
  const all = sumOf(lines);
  const money = (cost: number | null) =>
    cost === null ? '' : ` · ${format.money(cost, caller.organization.currency)}`;
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('order.lead')}
      </Text>
      <ul className={panel.rows} style={{ maxHeight: 340, overflowY: 'auto' }}>
        {papers.map(({ key, kind, from, to, sum }) => (
          <li key={key} className={panel.row}>
            <Group gap={10} wrap="nowrap">
              {kind === 'buy' ? (
                <Warehouse size={18} aria-hidden color="var(--soft)" />
              ) : (
                <Truck size={18} aria-hidden color="var(--info)" />
              )}
              <div>
                {from}
                <div className={panel.small}>
                  {t(kind === 'buy' ? 'order.purchase_for' : 'order.transfer_to', { store: to })}
                </div>
              </div>
            </Group>
            <div className={panel.end}>
              {t(sum.lines === 1 ? 'papers.line' : 'papers.lines', { count: sum.lines })}
              <div className={panel.small}>
                {t('kpi.units', { units: format.quantity(sum.units) })}
                {kind === 'buy' && money(sum.cost)}
              </div>
            </div>
          </li>
        ))}
      </ul>
      <Text size="sm" fw={600} ta="end" className="figures">
        {t('order.total', { lines: all.lines, units: format.quantity(all.units) })}
        {money(all.cost)}
      </Text>
    </>
  );
}

/** Stock moved while people thought: nothing was done, and these quantities would be others. */
function Changed({ lines, error }: { lines: Line[]; error: ApiError }) {
  const t = useT();
  const { format } = useSession();
  const moved = movedLines(error.sent);
  const nameOf = (id: number) => lines.find((line) => line.id === id)?.product_name ?? String(id);
  return (
    <Alert role="alert" variant="default" title={t('order.changed', { count: moved.length })}>
      <ul className={panel.rows}>
        {moved.slice(0, SHOWN).map(({ id, before, now }) => (
          <li key={id} className={panel.row} style={{ minHeight: 32, padding: '4px 0' }}>
            <span>{nameOf(id)}</span>
            <span className={panel.end}>
              {format.quantity(before)} → <b>{now > 0 ? format.quantity(now) : t('order.nothing')}</b>
            </span>
          </li>
        ))}
      </ul>
      {moved.length > SHOWN && (
        <Text size="xs" c="dimmed">
          {t('order.more', { count: moved.length - SHOWN })}
        </Text>
      )}
    </Alert>
  );
}
