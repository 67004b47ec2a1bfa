'use client';

import { Button, Drawer, Group, NumberInput, Stack, Switch, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { sentence } from '@/components/feedback';
import { ScanField } from '@/components/scan-field';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import type { Scanned } from '@/lib/scan';
import { useFormat } from '@/lib/session';
import type { Transfer, TransferLine } from './queries';
import css from './ship.module.css';
import { type Arrived, difference, units } from './steps';
import { useTaken } from './use-taken';

type Counted = Record<number, Arrived>;

const everything = (lines: TransferLine[]): Counted =>
  Object.fromEntries(lines.map((line) => [line.product, { quantity: line.in_transit, damaged: '' }]));
const nothing = (lines: TransferLine[]): Counted =>
  Object.fromEntries(lines.map((line) => [line.product, { quantity: 0, damaged: '' }]));
const BLANK: Arrived = { quantity: 0, damaged: '' };

/** What arrived, typed or scanned; what is missing, too much or broken is said before it is booked. */
export function ReceiveForm({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const [lines] = useState(() => transfer.lines.filter(({ in_transit }) => in_transit > 0));
  const [arrived, setArrived] = useState<Counted>(() => everything(lines));
  const [keep, setKeep] = useState(false);
  const [stray, setStray] = useState('');
  const { take, error, pending } = useTaken(transfer, onClose);
  const of = (line: TransferLine): Arrived => arrived[line.product] ?? BLANK;
  const sent = lines.filter((line) => units(of(line).quantity) + units(of(line).damaged) > 0);
  const wrong = error instanceof ApiError ? error.rows('lines') : {};
  const missing = lines.reduce((sum, line) => sum + Math.max(0, -difference(line, of(line))), 0);
  const broken = lines.reduce((sum, line) => sum + units(of(line).damaged), 0);

  function change(product: number, values: Partial<Arrived>): void {
    setArrived((now) => ({ ...now, [product]: { ...(now[product] ?? BLANK), ...values } }));
  }

  function scanned({ id, name, units: each }: Scanned): void {
    const isOurs = lines.some(({ product }) => product === id);
    setStray(isOurs ? '' : t('transfers.receive_stray', { product: name }));
    if (isOurs)
      setArrived((now) => {
        const before = now[id] ?? BLANK;
        return { ...now, [id]: { ...before, quantity: units(before.quantity) + each } };
      });
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    const said = sent.map((line) => ({
      product: line.product,
      quantity: units(of(line).quantity),
      damaged: units(of(line).damaged),
    }));
    take({ verb: 'receive', body: { lines: said, keep_damaged: keep } });
  }

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t('transfers.receive_title', { number: transfer.number })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setArrived(everything(lines))}>
              {t('transfers.receive_all')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setArrived(nothing(lines))}>
              {t('transfers.receive_from_zero')}
            </Button>
          </Group>
          <ScanField label={t('scan.label')} onFound={scanned} />
          {stray && (
            <Text role="alert" size="sm" c="var(--bad)">
              {stray}
            </Text>
          )}
          <ul className={css.lines} aria-label={t('lines.label')}>
            {lines.map((line) => {
              const row = sent.indexOf(line) + 1;
              return (
                <Row
                  key={line.product}
                  line={line}
                  arrived={of(line)}
                  error={row > 0 ? wrong[row] : undefined}
                  onChange={(values) => change(line.product, values)}
                />
              );
            })}
          </ul>
          <Text size="sm" aria-live="polite">
            {missing > 0
              ? t('transfers.receive_missing', { units: format.quantity(missing) })
              : t('transfers.receive_complete')}
          </Text>
          {broken > 0 && (
            <Switch
              label={t('transfers.receive_keep_damaged')}
              description={t('transfers.receive_keep_damaged_lead')}
              checked={keep}
              onChange={(event) => setKeep(event.currentTarget.checked)}
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
            <Button type="submit" loading={pending} disabled={sent.length === 0}>
              {t('transfer.do_receive')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

type RowProps = {
  line: TransferLine;
  arrived: Arrived;
  error: string | undefined;
  onChange: (values: Partial<Arrived>) => void;
};

function Row({ line, arrived, error, onChange }: RowProps) {
  const t = useT();
  const format = useFormat();
  const off = difference(line, arrived);
  const field = (name: keyof Arrived, label: string) => (
    <NumberInput
      label={label}
      aria-label={`${label}, ${line.product_name}`}
      value={arrived[name]}
      onChange={(value) => onChange({ [name]: value })}
      decimalScale={3}
      allowNegative={false}
      hideControls
      error={error !== undefined}
      styles={{ input: { textAlign: 'end' } }}
    />
  );
  return (
    <li className={css.line}>
      <div>
        <span className={css.name}>{line.product_name}</span>
        <span className={css.small}>
          {line.sku} · {t('transfers.receive_in_transit', { units: format.quantity(line.in_transit) })}
        </span>
      </div>
      {field('quantity', t('transfers.receive_good'))}
      {field('damaged', t('transfers.receive_damaged'))}
      {error ? (
        <span className={css.off} role="alert">
          {error}
        </span>
      ) : (
        off !== 0 && (
          <span className={off > 0 ? `${css.off} ${css.more}` : css.off}>
            {t(off > 0 ? 'transfers.receive_over' : 'transfers.receive_short', {
              units: format.quantity(Math.abs(off)),
            })}
          </span>
        )
      )}
    </li>
  );
}
