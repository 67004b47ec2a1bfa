'use client';

import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  Select,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { Failed, Waiting } from '@/components/feedback';
import { FormFoot } from '@/components/form-foot';
import { SideForm } from '@/components/side-form';
import { useTold } from '@/components/told';
import { newKey } from '@/lib/api/client';
import { ApiError } from '@/lib/api/errors';
import { useLanguage, useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import {
  type Mailing,
  type MailingKind,
  type Schedule,
  useSchedule,
  useSendMailing,
  useSetMailing,
  useSetSchedule,
} from './mailing-queries';
import { useMembers } from './queries';

type Props = { kind: MailingKind; mailing: Mailing; onClose: () => void };
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

/** Whether, when and to whom a store's list is mailed. Only admins add addresses that are no member's. */
export function MailingForm({ kind, mailing, onClose }: Props) {
  const t = useT();
  const told = useTold();
  const { caller } = useSession();
  const people = useMembers();
  const keep = useSetMailing(kind);
  const send = useSendMailing(kind);
  const [key] = useState(newKey);
  const [on, setOn] = useState(mailing.is_on);
  const [hour, setHour] = useState(String(mailing.hour));
  const chosen = mailing.recipients.flatMap(({ member }) => (member === null ? [] : [String(member)]));
  const [members, setMembers] = useState(chosen);
  const [emails, setEmails] = useState(
    mailing.recipients.flatMap(({ member, email }) => (member === null ? [email] : [])),
  );
  const error = keep.error instanceof ApiError ? keep.error : null;
  const known = people.rows ?? [];
  const data = [
    ...known.map(({ id, username, email }) => ({ value: String(id), label: `${username} · ${email}` })),
    ...mailing.recipients.flatMap(({ member, name }) =>
      member === null || known.some(({ id }) => id === member)
        ? []
        : [{ value: String(member), label: name }],
    ),
  ];
  return (
    <SideForm
      title={mailing.store}
      onClose={onClose}
      onSubmit={() =>
        keep.mutate(
          { store: mailing.store_id, is_on: on, hour: Number(hour), members: members.map(Number), emails },
          {
            onSuccess: () => {
              told(t('settings.saved'));
              onClose();
            },
          },
        )
      }
    >
      <Text size="sm" c="dimmed">
        {t(`mailing.${kind}_lead`)}
      </Text>
      <Switch
        label={t('mailing.is_on')}
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
      <Select
        label={t('mailing.from_hour')}
        description={mailing.time_zone}
        data={HOURS}
        value={hour}
        onChange={(next) => setHour(next ?? hour)}
        allowDeselect={false}
        error={error?.field('hour')}
      />
      <MultiSelect
        label={t('mailing.members')}
        data={data}
        value={members}
        onChange={setMembers}
        searchable
        nothingFoundMessage={t('list.nothing')}
        error={error?.field('members')}
      />
      <TagsInput
        label={t('mailing.emails')}
        description={t('mailing.emails_lead')}
        value={emails}
        onChange={setEmails}
        disabled={!mayAct(caller, 'admin')}
        error={error?.field('emails')}
      />
      {send.error ? <Failed error={send.error} /> : null}
      <Group>
        <Button
          variant="default"
          loading={send.isPending}
          disabled={mailing.recipients.length === 0}
          onClick={() =>
            send.mutate(
              { store: mailing.store_id, key },
              { onSuccess: ({ addresses }) => told(t('mailing.sent', { count: addresses.length })) },
            )
          }
        >
          {t('mailing.send_now')}
        </Button>
      </Group>
      <FormFoot error={keep.error} busy={keep.isPending} action={t('action.save')} onClose={onClose} />
    </SideForm>
  );
}

/** One time for all stores, by the company's clock. */
export function ScheduleForm({ kind, onClose }: { kind: MailingKind; onClose: () => void }) {
  const asked = useSchedule(kind);
  const t = useT();
  return asked.data ? (
    <Times schedule={asked.data} kind={kind} onClose={onClose} />
  ) : (
    <SideForm title={t('mailing.one_time')} onClose={onClose} onSubmit={() => undefined}>
      {asked.error ? <Failed error={asked.error} retry={() => void asked.refetch()} /> : <Waiting />}
    </SideForm>
  );
}

const MONDAY = Date.UTC(2024, 0, 1);
const DAYS = [0, 1, 2, 3, 4, 5, 6];

function Times({ schedule, kind, onClose }: { schedule: Schedule; kind: MailingKind; onClose: () => void }) {
  const { t, locale } = useLanguage();
  const told = useTold();
  const keep = useSetSchedule(kind);
  const [at, setAt] = useState(schedule.at ?? '');
  const [days, setDays] = useState(schedule.weekdays.map(String));
  const error = keep.error instanceof ApiError ? keep.error : null;
  const names = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return (
    <SideForm
      title={t('mailing.one_time')}
      onClose={onClose}
      onSubmit={() =>
        keep.mutate(
          { at: at || null, ...(at && { weekdays: days.map(Number) }) },
          {
            onSuccess: () => {
              told(t('settings.saved'));
              onClose();
            },
          },
        )
      }
    >
      <TextInput
        type="time"
        label={t('mailing.at')}
        description={t('mailing.at_lead', { zone: schedule.time_zone })}
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
        error={error?.field('at')}
      />
      {at && (
        <Checkbox.Group
          label={t('mailing.weekdays')}
          value={days}
          onChange={setDays}
          error={error?.field('weekdays')}
        >
          <Group gap="sm" mt={6}>
            {DAYS.map((day) => (
              <Checkbox
                key={day}
                value={String(day)}
                label={names.format(new Date(MONDAY + day * 86_400_000))}
              />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      <FormFoot error={keep.error} busy={keep.isPending} action={t('action.save')} onClose={onClose} />
    </SideForm>
  );
}
