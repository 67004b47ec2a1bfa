'use client';

import { Button, Drawer, Group, NumberInput, Progress, Select, Slider, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { reasons } from '@/components/feedback';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { type Question, type Simulation, useSimulate } from './queries';
import css from './restock.module.css';

const WEEKS = ['8', '13', '26', '52'];
const LEVELS = [80, 90, 95, 98, 99];

/** The past weeks once more under other rules, beside today's. It changes nothing. */
export function WhatIf({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { store } = useSession();
  const simulate = useSimulate();
  const [level, setLevel] = useState(98);
  const [lead, setLead] = useState<string | number>('');
  const [demand, setDemand] = useState(100);
  const [weeks, setWeeks] = useState<string>('13');

  function ask(event: FormEvent): void {
    event.preventDefault();
    const body: Question = {
      weeks: Number(weeks),
      policy: { service_level: level / 100, ...(lead !== '' && { lead_time_days: Number(lead) }) },
      demand_factor: demand / 100,
      ...(store && { stores: [store.id] }),
    };
    simulate.mutate(body);
  }

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t('whatif.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={ask}>
        <Stack gap="lg">
          <Text size="sm" c="dimmed">
            {t('whatif.lead', { store: store?.name ?? t('store.all') })}
          </Text>
          <Choice label={t('whatif.level')} value={t('whatif.of_100', { level })}>
            <Slider
              thumbLabel={t('whatif.level')}
              min={80}
              max={99}
              value={level}
              onChange={setLevel}
              marks={LEVELS.map((value) => ({ value, label: String(value) }))}
              label={null}
              mb="md"
            />
          </Choice>
          <Choice label={t('whatif.demand')} value={`${demand} %`}>
            <Slider
              thumbLabel={t('whatif.demand')}
              min={50}
              max={200}
              step={10}
              value={demand}
              onChange={setDemand}
              marks={[50, 100, 150, 200].map((value) => ({ value, label: `${value} %` }))}
              label={null}
              mb="md"
            />
          </Choice>
          <Group grow align="flex-end">
            <NumberInput
              label={t('whatif.lead_time')}
              placeholder={t('whatif.as_today')}
              min={0}
              max={365}
              allowDecimal={false}
              value={lead}
              onChange={setLead}
            />
            <Select
              label={t('whatif.weeks')}
              data={WEEKS.map((value) => ({ value, label: t('whatif.last_weeks', { weeks: value }) }))}
              value={weeks}
              onChange={(value) => setWeeks(value ?? '13')}
              allowDeselect={false}
            />
          </Group>
          <Group justify="flex-end">
            <Button type="submit" loading={simulate.isPending}>
              {t('whatif.ask')}
            </Button>
          </Group>
          {simulate.isPending && <Progress value={100} animated aria-label={t('whatif.working')} />}
          {simulate.error && (
            <Text role="alert" size="sm" c="var(--bad)">
              {reasons(simulate.error, t)}
            </Text>
          )}
          {simulate.data && !simulate.isPending && <Beside found={simulate.data} />}
        </Stack>
      </form>
    </Drawer>
  );
}

function Choice({ label, value, children }: { label: string; value: string; children: React.ReactNode }) {
  return (
    <div>
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <Text size="sm" className="figures">
          {value}
        </Text>
      </Group>
      <div style={{ paddingInline: 14 }}>{children}</div>
    </div>
  );
}

type Outcome = Simulation['today'];
type Row = {
  name: string;
  show: (of: Outcome) => string;
  value: (of: Outcome) => number | null;
  good: 1 | -1 | 0;
};

/** Better or worse than today; what is better depends: more of some, less of others. */
function verdict({ value, good }: Row, today: Outcome, later: Outcome): 'better' | 'worse' | null {
  const [before, after] = [value(today), value(later)];
  if (good === 0 || before === null || after === null || before === after) return null;
  return (after - before) * good > 0 ? 'better' : 'worse';
}

function useRows(): Row[] {
  const t = useT();
  const { format, caller } = useSession();
  const whole = (value: number | null) => format.quantity(value === null ? null : Math.round(value));
  const money = (value: number | null) => format.money(value, caller.organization.currency);
  const row = (
    name: string,
    good: Row['good'],
    value: Row['value'],
    show: (value: number | null) => string = whole,
  ): Row => ({ name, good, value, show: (of) => show(value(of)) });
  const share = (value: number | null) =>
    value === null ? '–' : format.quantity(Math.round(value * 1000) / 10);
  return [
    row(t('whatif.fill_rate'), 1, (of) => of.fill_rate, share),
    row(t('whatif.stockout_days'), -1, (of) => of.stockout_days),
    row(t('whatif.lost_sales'), -1, (of) => of.lost_sales, money),
    row(t('whatif.average_stock'), -1, (of) => of.average_stock),
    ...(caller.sees_costs
      ? [row(t('whatif.money_tied_up'), -1, (of) => of.money_tied_up ?? null, money)]
      : []),
    row(t('whatif.orders'), 0, (of) => of.orders),
  ];
}

function Beside({ found }: { found: Simulation }) {
  const t = useT();
  const { format } = useSession();
  const rows = useRows();
  return (
    <section aria-label={t('whatif.result')}>
      <table className={css.sums}>
        <thead>
          <tr>
            <th scope="col" className="soft">
              {t('whatif.between', { from: format.day(found.first_day), to: format.day(found.last_day) })}
            </th>
            <td>{t('whatif.today')}</td>
            <td>
              <b>{t('whatif.then')}</b>
            </td>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const better = verdict(row, found.today, found.what_if);
            return (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td>{row.show(found.today)}</td>
                <td className={better ? css[better] : undefined}>
                  <b>{row.show(found.what_if)}</b>
                  {better && <span className={css.how}>{t(`whatif.${better}`)}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Text size="xs" c="dimmed" mt="sm">
        {t('whatif.looked_at', { series: format.quantity(found.series) })}
        {found.series_left_out > 0
          ? ` ${t('whatif.left_out', { count: format.quantity(found.series_left_out) })}`
          : ''}
      </Text>
    </section>
  );
}
