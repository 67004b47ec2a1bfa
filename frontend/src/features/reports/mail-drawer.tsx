'use client';

import {
  Alert,
  Button,
  Divider,
  Drawer,
  Group,
  MultiSelect,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Failed, sentence, Waiting } from '@/components/feedback';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import type { Mail } from './definitions';
import { type Mailing, useMailing, useMailNow, useMembers, useSchedule, useSetMailing } from './queries';
import { ScheduleForm } from './schedule-form';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Who gets a store's list by mail, and when. */
export function MailDrawer({ kind, onClose }: { kind: Mail; onClose: () => void }) {
  const t = useT();
  const { stores, store: shown, caller } = useSession();
  const [store, setStore] = useState(String((shown ?? stores[0])?.id ?? ''));
  const mailing = useMailing(store, kind);
  const schedule = useSchedule(kind);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={t(`reports.mail_${kind}`)}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="md">
        <Select
          label={t('field.store')}
          data={stores.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={store}
          onChange={(next) => setStore(next ?? '')}
          searchable
          allowDeselect={false}
        />
        {mailing.error && !mailing.data && (
          <Failed error={mailing.error} retry={() => void mailing.refetch()} />
        )}
        {mailing.data && <MailingForm key={`${store}${kind}`} mailing={mailing.data} kind={kind} />}
        {mailing.isPending && <Waiting />}
        {schedule.data && mayAct(caller, 'admin') && (
          <>
            <Divider />
            <ScheduleForm key={JSON.stringify(schedule.data)} schedule={schedule.data} kind={kind} />
          </>
        )}
        {schedule.data?.at && !mayAct(caller, 'admin') && (
          <Text size="sm" c="dimmed">
            {t('reports.schedule_is', { at: schedule.data.at })}
          </Text>
        )}
      </Stack>
    </Drawer>
  );
}

function MailingForm({ mailing, kind }: { mailing: Mailing; kind: Mail }) {
  const t = useT();
  const { caller, format } = useSession();
  const store = String(mailing.store_id);
  const save = useSetMailing(store, kind);
  const send = useMailNow(store, kind);
  const members = (useMembers().data ?? []).filter(
    (one) => one.is_active && one.email && (one.stores === null || one.stores.includes(mailing.store_id)),
  );
  const [isOn, setOn] = useState(mailing.is_on);
  const [hour, setHour] = useState(String(mailing.hour));
  const [chosen, setChosen] = useState(
    mailing.recipients.flatMap(({ member }) => (member === null ? [] : [String(member)])),
  );
  const [emails, setEmails] = useState(
    mailing.recipients.flatMap(({ member, email }) => (member === null ? [email] : [])),
  );
  const error = save.error instanceof ApiError ? save.error : null;
  const said = (message: string) =>
    notifications.show({ message, closeButtonProps: { 'aria-label': t('action.close') } });
  function keep(): void {
    const body = { is_on: isOn, hour: Number(hour), members: chosen.map(Number), emails };
    save.mutate(body, { onSuccess: () => said(t('reports.mail_saved')) });
  }
  const mailNow = () =>
    send.mutate(undefined, {
      onSuccess: ({ rows, addresses }) =>
        said(t('reports.mailed', { rows: format.quantity(rows), to: addresses.join(', ') || '–' })),
    });
  const last = mailing.last_run;
  return (
    <Stack gap="sm">
      <Switch
        label={t('reports.mail_on')}
        checked={isOn}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
      <Select
        label={t('reports.mail_hour', { zone: mailing.time_zone })}
        data={HOURS.map((one) => ({ value: String(one), label: `${String(one).padStart(2, '0')}:00` }))}
        value={hour}
        onChange={(next) => setHour(next ?? hour)}
        allowDeselect={false}
        error={error?.field('hour')}
      />
      <MultiSelect
        label={t('reports.mail_members')}
        data={members.map(({ id, username, email }) => ({
          value: String(id),
          label: `${username} · ${email}`,
        }))}
        value={chosen}
        onChange={setChosen}
        searchable
        nothingFoundMessage={t('list.nothing')}
        error={error?.field('members')}
      />
      {(mayAct(caller, 'admin') || emails.length > 0) && (
        <TagsInput
          label={t('reports.mail_others')}
          value={emails}
          onChange={setEmails}
          disabled={!mayAct(caller, 'admin')}
          error={error?.field('emails')}
        />
      )}
      {last && (
        <Text size="sm" c="dimmed">
          {t('reports.mail_last', {
            day: format.day(last.due_date),
            state: t(`reports.mail_${last.state}`),
          })}
          {last.error && ` · ${last.error}`}
        </Text>
      )}
      {(save.error || send.error) && (
        <Alert role="alert" variant="default">
          <Text size="sm">{sentence(save.error ?? send.error, t)}</Text>
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={mailNow} loading={send.isPending}>
          {t('reports.mail_now')}
        </Button>
        <Button onClick={keep} loading={save.isPending}>
          {t('reports.mail_save')}
        </Button>
      </Group>
    </Stack>
  );
}
