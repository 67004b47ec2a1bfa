'use client';

import { Anchor, Breadcrumbs, Stack, Text } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Facts } from '@/components/facts';
import { Failed, Waiting } from '@/components/feedback';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import css from './entry.module.css';
import { type Entry, useEntry } from './queries';
import { useReader } from './reader';
import { actionWords, differences, valueWords } from './words';

const here = <T,>(data: T) => ({ data, error: null, refetch: () => undefined });

/** One entry of the log: who did what to what, and what was before and after. */
export function EntryScreen({ sequence }: { sequence: string }) {
  const t = useT();
  const { query } = useUrl();
  const asked = useEntry(sequence);
  const { error, data } = asked;
  if (error instanceof ApiError && error.status === 404) {
    return <Failed error={new ApiError(404, 'not_found', t('log.not_found'))} />;
  }
  if (error) return <Failed error={error} retry={() => void asked.refetch()} />;
  if (!data) return <Waiting />;
  return (
    <Stack gap={4}>
      <Breadcrumbs fz="sm">
        <Anchor component={Link} size="sm" href={href('/audit/', query)}>
          {t('nav.audit')}
        </Anchor>
        <Text size="sm" c="dimmed">
          {t('log.entry', { number: data.sequence })}
        </Text>
      </Breadcrumbs>
      <Page title={actionWords(data.action, t)} lead={data.object_label}>
        <About entry={data} />
        <Changes entry={data} />
        <Detail entry={data} />
      </Page>
    </Stack>
  );
}

function About({ entry }: { entry: Entry }) {
  const t = useT();
  const { format, storeOf } = useSession();
  const { query } = useUrl();
  const more = (words: string, change: Record<string, string>) => (
    <Anchor component={Link} size="sm" href={href('/audit/', query, change)}>
      {words}
    </Anchor>
  );
  const facts: [string, ReactNode][] = [
    [t('field.when'), format.timeLong(entry.occurred_at)],
    [t('log.person'), entry.actor.label || t('log.system')],
    [t('log.action'), entry.action],
    [
      t('log.object'),
      more(t('log.of_object'), { object_type: entry.object_type, object_id: entry.object_id }),
    ],
    ...(entry.store_id
      ? ([[t('field.store'), storeOf(entry.store_id)?.name ?? entry.store_id]] as [string, ReactNode][])
      : []),
    ...(entry.product_id
      ? ([
          [
            t('field.product'),
            <Anchor
              key="product"
              component={Link}
              size="sm"
              href={href('/products/', query, { id: String(entry.product_id) })}
            >
              {t('log.product', { id: entry.product_id })}
            </Anchor>,
          ],
        ] as [string, ReactNode][])
      : []),
    ...(entry.request_id
      ? ([[t('log.request'), more(t('log.of_request'), { request_id: entry.request_id })]] as [
          string,
          ReactNode,
        ][])
      : []),
    [t('log.entry', { number: entry.sequence }), t('log.sealed', { chain: entry.chain, block: entry.block })],
  ];
  return (
    <Panel title={t('product.facts')} asked={here(facts)} height={120}>
      {(rows) => <Facts facts={rows} columns={{ base: 1, xs: 2, md: 4 }} />}
    </Panel>
  );
}

function Changes({ entry }: { entry: Entry }) {
  const t = useT();
  const reader = useReader();
  const rows = differences(entry);
  if (rows.length === 0) return null;
  return (
    <Panel title={t('field.change')} asked={here(rows)} height={160}>
      {(all) => (
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('log.field')}</th>
              {entry.before && <th scope="col">{t('log.before')}</th>}
              {entry.after && <th scope="col">{t('log.after')}</th>}
            </tr>
          </thead>
          <tbody>
            {all.map(({ field, name, before, after }) => (
              <tr key={field}>
                <th scope="row">{name}</th>
                {entry.before && <td className={css.before}>{valueWords(field, before, reader)}</td>}
                {entry.after && <td>{valueWords(field, after, reader)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Detail({ entry }: { entry: Entry }) {
  const t = useT();
  const reader = useReader();
  const rows = Object.entries(entry.detail ?? {});
  if (rows.length === 0) return null;
  return (
    <Panel title={t('log.detail')} asked={here(rows)} height={120}>
      {(all) => (
        <table className={css.table}>
          <tbody>
            {all.map(([field, value]) => (
              <tr key={field}>
                <th scope="row">{field.replace(/_/g, ' ')}</th>
                <td>{valueWords(field, value, reader)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
