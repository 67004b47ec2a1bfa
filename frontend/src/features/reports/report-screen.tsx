'use client';

import { Anchor, Breadcrumbs, Button, Stack, Text } from '@mantine/core';
import { Mail as MailIcon, Printer } from 'lucide-react';
import Link from 'next/link';
import { Download } from '@/components/download';
import { Page } from '@/components/page';
import { useT } from '@/lib/i18n';
import { isWhole, periodOf } from '@/lib/period';
import { mayAct, useSession } from '@/lib/session';
import { changed, href, type Params, useUrl } from '@/lib/url';
import { type By, type Definition, type Name, REPORTS } from './definitions';
import { FigureReport } from './figure-report';
import { Filters } from './filters';
import { ListReport } from './list-report';

const DAY = /^\d{4}-\d\d-\d\d$/;
const COUNT = /^[1-9]\d{0,3}$/;
const BASES = ['revenue', 'margin', 'units'];

/** What the address says the report is asked; null while days are still being chosen. */
export function asked(get: (name: string) => string, store: string, definition: Definition): Params | null {
  const { bys, period, options, days } = definition;
  const by = bys.find((one) => one === get('by')) ?? bys[0];
  const time = period && periodOf(get, period);
  if (time && !isWhole(time)) return null;
  const dated = (name: string) => (DAY.test(get(name)) ? get(name) : '');
  const params: Params = {
    store,
    ...(bys.length > 0 && { by: by as By, category: get('category'), supplier: get('supplier') }),
    ...(bys.length > 0 && { currency: get('currency') }),
    ...time,
    ...(days && { start_date: dated('from'), end_date: dated('to') }),
    ...(options.includes('as_of') && { as_of: dated('as_of') }),
    ...(options.includes('days') && { days: COUNT.test(get('days')) ? get('days') : '' }),
    ...(options.includes('basis') && { basis: BASES.find((one) => one === get('basis')) ?? '' }),
  };
  const said = Object.entries(params).filter(([, value]) => value !== '' && value !== undefined);
  return Object.fromEntries(said);
}

export function ReportScreen({ name }: { name: Name }) {
  const t = useT();
  const { get, query } = useUrl();
  const { store, caller } = useSession();
  const definition = REPORTS[name];
  const scope = name === 'lead-times' || !store ? '' : String(store.id);
  const params = asked(get, scope, definition);
  const mayMail = definition.mail && mayAct(caller, 'manager');
  return (
    <Stack gap={4}>
      <Breadcrumbs fz="sm" className="no-print">
        <Anchor component={Link} size="sm" href={href('/reports/', query)}>
          {t('nav.reports')}
        </Anchor>
        <Text size="sm" c="dimmed">
          {t(`report.${name}`)}
        </Text>
      </Breadcrumbs>
      <Page
        title={t(`report.${name}`)}
        lead={t(`report.about_${name}`)}
        actions={
          <>
            {mayMail && (
              <Button
                component={Link}
                href={href('/settings/', query, { part: 'mailings', list: definition.mail ?? null })}
                variant="default"
                leftSection={<MailIcon size={16} aria-hidden />}
              >
                {t('reports.by_mail')}
              </Button>
            )}
            {definition.prints && params && (
              <Button
                component="a"
                href={`${definition.path}?${changed('', { ...params, format: 'html' })}`}
                target="_blank"
                rel="noopener"
                variant="default"
                leftSection={<Printer size={16} aria-hidden />}
              >
                {t('reports.print')}
              </Button>
            )}
            {params && <Download path={definition.path} filters={params} />}
          </>
        }
      >
        <Filters definition={definition} />
        {params &&
          (definition.bys.length > 0 ? (
            <FigureReport path={definition.path} params={params} />
          ) : (
            <ListReport name={name} path={definition.path} params={params} />
          ))}
      </Page>
    </Stack>
  );
}
