'use client';

import { Button, Drawer, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { sentence } from '@/components/feedback';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import type { Transfer, TransferLine } from './queries';
import css from './ship.module.css';
import { units } from './steps';
import { useTaken } from './use-taken';

type Props = {
  verb: 'dispatch' | 'write_off' | 'send_back';
  transfer: Transfer;
  onClose: () => void;
};

/** How many units of each line leave the source, are written off, or go back: all of them unless it is said otherwise. */
export function QuantityForm({ verb, transfer, onClose }: Props) {
  const t = useT();
  const format = useFormat();
  const isDispatch = verb === 'dispatch';
  const most = (line: TransferLine) => (isDispatch ? line.requested : line.in_transit);
  const [lines] = useState(() => transfer.lines.filter((line) => most(line) > 0));
  const [given, setGiven] = useState<Record<number, string | number>>(() =>
    Object.fromEntries(lines.map((line) => [line.product, most(line)])),
  );
  const [reason, setReason] = useState('');
  const { take, error, pending } = useTaken(transfer, onClose);
  const sent = lines.filter((line) => units(given[line.product] ?? 0) > 0);
  const wrong = error instanceof ApiError ? error.rows('lines') : {};

  function submit(event: FormEvent): void {
    event.preventDefault();
    const said = sent.map(({ product }) => ({ product, quantity: units(given[product] ?? 0) }));
    if (isDispatch) take({ verb: 'dispatch', body: { lines: said } });
    else {
      const outcome = verb === 'write_off' ? 'written_off' : 'returned';
      take({ verb: 'settle', body: { outcome, reason: reason.trim(), lines: said } });
    }
  }

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={`${t(`transfer.do_${verb}`)} · ${transfer.number}`}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t(`transfer.lead_${verb}`)}
          </Text>
          <ul className={css.lines} aria-label={t('lines.label')}>
            {lines.map((line) => {
              const row = sent.indexOf(line) + 1;
              return (
                <li key={line.product} className={`${css.line} ${css.single}`}>
                  <div>
                    <span className={css.name}>{line.product_name}</span>
                    <span className={css.small}>
                      {line.sku} ·{' '}
                      {t(isDispatch ? 'transfer.asked_for' : 'transfers.receive_in_transit', {
                        units: format.quantity(most(line)),
                      })}
                    </span>
                  </div>
                  <NumberInput
                    aria-label={t('lines.quantity', { product: line.product_name })}
                    value={given[line.product] ?? ''}
                    onChange={(value) => setGiven((now) => ({ ...now, [line.product]: value }))}
                    decimalScale={3}
                    allowNegative={false}
                    hideControls
                    error={row > 0 && wrong[row] !== undefined}
                    styles={{ input: { textAlign: 'end' } }}
                  />
                  {row > 0 && wrong[row] && (
                    <span className={css.off} role="alert">
                      {wrong[row]}
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
          {!isDispatch && (
            <TextInput
              label={t('field.reason')}
              required
              value={reason}
              maxLength={200}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={error instanceof ApiError ? error.field('reason') : undefined}
            />
          )}
          {error && (
            <Text role="alert" size="sm" c="var(--bad)">
              {sentence(error, t)}
            </Text>
          )}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button
              type="submit"
              loading={pending}
              disabled={sent.length === 0 || (!isDispatch && reason.trim() === '')}
            >
              {t(`transfer.do_${verb}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
