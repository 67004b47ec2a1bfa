'use client';

import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Confirm } from '@/components/confirm';
import { Crumbs } from '@/components/crumbs';
import { type Fact, Facts } from '@/components/facts';
import { Failed, Waiting } from '@/components/feedback';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { ProductName } from '@/components/product-name';
import { PlainTable } from '@/components/table/plain-table';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useOnce } from '@/lib/once';
import { useSession } from '@/lib/session';
import { type Reservation, useReservation, useStep, type Verb } from './queries';
import { ReservationBadge } from './reservations-screen';

const VERBS: Verb[] = ['fulfil', 'extend', 'release'];

export function ReservationScreen({ id }: { id: string }) {
  const t = useT();
  const reservation = useReservation(id);
  const { data, error } = reservation;
  if (error instanceof ApiError && error.status === 404) {
    return <Failed error={new ApiError(404, 'not_found', t('reservation.not_found'))} />;
  }
  if (!data && error) return <Failed error={error} retry={() => void reservation.refetch()} />;
  if (!data) return <Waiting />;
  return <Shown reservation={data} />;
}

function Shown({ reservation }: { reservation: Reservation }) {
  const t = useT();
  const { format, storeOf } = useSession();
  const [doing, setDoing] = useState<Verb | null>(null);
  const zone = storeOf(reservation.store)?.time_zone;
  const name = reservation.reference || t('reservation.no_reference');
  const facts: Fact[] = [
    [t('field.status'), <ReservationBadge key="status" row={reservation} />],
    [t('field.store'), reservation.store_name],
    [t('reservation.by'), reservation.reserved_by],
    [t('reservation.until'), format.time(reservation.expires_at, zone)],
  ];
  const verbs = reservation.status === 'active' ? VERBS : [];
  return (
    <Stack gap={4}>
      <Crumbs list={t('nav.reservations')} path="/reservations/" here={name} />
      <Page
        title={name}
        actions={verbs.map((verb, index) => (
          <Button key={verb} variant={index === 0 ? 'filled' : 'default'} onClick={() => setDoing(verb)}>
            {t(`reservation.do_${verb}`)}
          </Button>
        ))}
      >
        <Panel
          title={t('product.facts')}
          asked={{ data: facts, error: null, refetch: () => undefined }}
          height={60}
        >
          {(rows) => (
            <>
              <Facts facts={rows} />
              {reservation.note && (
                <Text size="sm" mt="sm" style={{ whiteSpace: 'pre-wrap' }}>
                  {reservation.note}
                </Text>
              )}
            </>
          )}
        </Panel>
        <Lines reservation={reservation} />
      </Page>
      {doing && <Step verb={doing} reservation={reservation} onClose={() => setDoing(null)} />}
    </Stack>
  );
}

function Step({ verb, reservation, onClose }: { verb: Verb; reservation: Reservation; onClose: () => void }) {
  const t = useT();
  const step = useStep(reservation.id);
  const [key, refused] = useOnce();
  function take(reason: string): void {
    step.mutate(
      { verb, reason, key },
      {
        onSuccess: () => {
          notifications.show({
            message: t(`reservation.done_${verb}`),
            closeButtonProps: { 'aria-label': t('action.close') },
          });
          onClose();
        },
        onError: refused,
      },
    );
  }
  return (
    <Confirm
      title={t(`reservation.do_${verb}`)}
      lead={t(`reservation.lead_${verb}`)}
      act={t(`reservation.do_${verb}`)}
      asksWhy={verb === 'release'}
      error={step.error}
      pending={step.isPending}
      onConfirm={take}
      onClose={onClose}
    />
  );
}

const PARTS = ['quantity', 'fulfilled', 'released', 'open'] as const;

function Lines({ reservation }: { reservation: Reservation }) {
  const t = useT();
  const { format } = useSession();
  return (
    <PlainTable
      label={t('lines.label')}
      rows={reservation.lines}
      rowKey={(line) => line.product}
      columns={[
        {
          id: 'product',
          header: t('field.product'),
          cell: (line) => <ProductName id={line.product} name={line.product_name} sku={line.sku} />,
        },
        ...PARTS.map((part) => ({
          id: part,
          header: t(`reservation.part_${part}`),
          width: 120,
          end: true,
          cell: (line: Reservation['lines'][number]) => format.quantity(line[part]),
        })),
      ]}
      card={(line) => (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <ProductName id={line.product} name={line.product_name} sku={line.sku} />
          <Text size="sm" className="figures">
            {t('reservation.part_open')} {format.quantity(line.open)}
          </Text>
        </Group>
      )}
    />
  );
}
