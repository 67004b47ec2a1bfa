'use client';

import { Button, Chip, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { sentence } from '@/components/feedback';
import type { Schemas } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import type { Mail } from './definitions';
import { useSetSchedule } from './queries';

const WEEK = [0, 1, 2, 3, 4, 5, 6];

/** One time for all stores, by the company's clock; without one each store keeps its own hour. */
export function ScheduleForm({ schedule, kind }: { schedule: Schemas['MailingSchedule']; kind: Mail }) {
  const t = useT();
  const format = useFormat();
  const save = useSetSchedule(kind);
  const [at, setAt] = useState(schedule.at ?? '');
  const [days, setDays] = useState(schedule.weekdays.map(String));
  const done = () =>
    notifications.show({
      message: t('reports.mail_saved'),
      closeButtonProps: { 'aria-label': t('action.close') },
    });
  const keep = (time: string) =>
    save.mutate(time === '' ? { at: null } : { at: time, weekdays: days.map(Number).sort() }, {
      onSuccess: done,
    });
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        {t('reports.schedule')}
      </Text>
      <TextInput
        type="time"
        label={t('reports.schedule_at', { zone: schedule.time_zone })}
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      <Chip.Group multiple value={days} onChange={setDays}>
        <Group gap={6}>
          {WEEK.map((day) => (
            <Chip key={day} value={String(day)} size="xs">
              {format.weekday(`2024-01-0${day + 1}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {save.error && (
        <Text role="alert" size="sm" c="var(--bad)">
          {sentence(save.error, t)}
        </Text>
      )}
      <Group justify="flex-end">
        {schedule.at !== null && (
          <Button variant="default" onClick={() => keep('')} loading={save.isPending}>
            {t('reports.schedule_none')}
          </Button>
        )}
        <Button onClick={() => keep(at)} disabled={at === '' || days.length === 0} loading={save.isPending}>
          {t('reports.schedule_save')}
        </Button>
      </Group>
    </Stack>
  );
}
