'use client';

import { Button, Drawer, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import Link from 'next/link';
import { Failed } from '@/components/feedback';
import panel from '@/components/panel.module.css';
import { SeverityBadge } from '@/components/severity';
import { useT, type Words } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { Origin } from './cells';
import { type Line, quantityOf, severityOf } from './lines';
import { type LineDetail, useLine } from './queries';
import css from './restock.module.css';
import { positionOf } from './why-sums';

type Props = {
  line: Line;
  onClose: () => void;
  /** Left out for who may only look, and once it was decided. */
  onPutOff?: ((line: Line) => void) | undefined;
  onSkip?: ((line: Line) => void) | undefined;
  onOrder?: ((line: Line) => void) | undefined;
};

/** Why so many: the sentence, what there is, and the arithmetic step by step. */
export function WhyPanel({ line, onClose, onPutOff, onSkip, onOrder }: Props) {
  const t = useT();
  const { query } = useUrl();
  const detail = useLine(line.id);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={t('restock.why')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="lg">
        <div>
          <Group gap={8} mb={4}>
            <SeverityBadge severity={severityOf(line)} />
            <Text size="xs" c="dimmed">
              {line.sku} · {line.store_name}
            </Text>
          </Group>
          <Title order={2} size="h4">
            <Link href={href('/products/', query, { id: String(line.product) })} className={panel.plain}>
              {line.product_name}
            </Link>
          </Title>
        </div>
        <p className={css.sentence} style={{ margin: 0 }}>
          {line.sentence}
        </p>
        {detail.data ? (
          <Arithmetic line={detail.data} />
        ) : detail.error ? (
          <Failed error={detail.error} retry={() => void detail.refetch()} />
        ) : (
          <Skeleton height={320} />
        )}
        {(onOrder || onPutOff || onSkip) && (
          <Group gap="xs" justify="flex-end">
            {onSkip && (
              <Button variant="default" onClick={() => onSkip(line)}>
                {t('restock.skip')}
              </Button>
            )}
            {onPutOff && (
              <Button variant="default" onClick={() => onPutOff(line)}>
                {t('restock.put_off')}
              </Button>
            )}
            {onOrder && <Button onClick={() => onOrder(line)}>{t('restock.order_one')}</Button>}
          </Group>
        )}
      </Stack>
    </Drawer>
  );
}

function Arithmetic({ line }: { line: LineDetail }) {
  const t = useT();
  const format = useFormat();
  const round = (value: number) => format.quantity(Math.round(value * 10) / 10);
  const position = positionOf(line.inputs);
  // The first step says what is there; the table above it says it part by part.
  const steps = line.steps.filter(({ step }) => step !== 'inventory_position');
  return (
    <>
      <section aria-label={t('why.have')}>
        <Title order={3} size="h6" mb={4}>
          {t('why.have')}
        </Title>
        <table className={css.sums}>
          <tbody>
            {position.map(({ name, units }) => (
              <tr key={name}>
                <th scope="row">{t(`why.${name}`)}</th>
                <td>{units < 0 ? `− ${round(-units)}` : round(units)}</td>
              </tr>
            ))}
            <tr className={css.total}>
              <th scope="row">{t('why.position')}</th>
              <td>{round(line.inventory_position)}</td>
            </tr>
          </tbody>
        </table>
      </section>
      <section aria-label={t('why.need')}>
        <Title order={3} size="h6" mb={4}>
          {t('why.need')}
        </Title>
        <table className={css.sums}>
          <tbody>
            {steps.map(({ step, how, result }) => (
              <tr key={step} className={step === 'quantity' ? css.total : undefined}>
                <th scope="row">
                  {t(`step.${step}` as Words)}
                  <span className={css.how}>{how}</span>
                </th>
                <td>
                  {step === 'protection_days' ? t('restock.days', { days: round(result) }) : round(result)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {line.chosen !== null && (
        <Text size="sm">
          {t('why.chosen', {
            person: line.chosen_by,
            quantity: round(quantityOf(line)),
            reason: line.reason,
          })}
        </Text>
      )}
      {line.outcome && <Text size="sm">{line.outcome.sentence}</Text>}
      <div>
        <Text size="xs" c="dimmed" mb={2}>
          {t('field.from')}
        </Text>
        <Origin line={line} />
      </div>
    </>
  );
}
