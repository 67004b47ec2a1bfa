'use client';

import { SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Empty } from '@/components/feedback';
import { Panel } from '@/components/panel';
import css from '@/components/panel.module.css';
import { ProductName } from '@/components/product-name';
import { SeverityBadge } from '@/components/severity';
import { api, type Schemas, take } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { SEVERITIES, severityOf } from '@/lib/urgency';
import { href, useUrl } from '@/lib/url';

const SHOWN = 5;
/** Enough of the best uses of money to find the most urgent among them. */
const READ = 50;
type Line = Schemas['RestockLine'];

function useToday(store: string) {
  return useQuery({
    queryKey: ['restock', 'today', store],
    queryFn: async ({ signal }) => {
      const query = { status: ['proposed' as const], page_size: READ, ...(store && { store }) };
      const page = await take(api.GET('/api/restock/lines/', { params: { query }, signal }));
      const place = (line: Line) => SEVERITIES.indexOf(severityOf(line));
      const lines = [...page.results].sort((a, b) => place(a) - place(b));
      return { lines, count: lines.length, more: page.next !== null };
    },
  });
}

function useUrgentAlerts(store: string) {
  return useQuery({
    queryKey: ['alerts', 'urgent', store],
    queryFn: async ({ signal }) => {
      const query = {
        status: ['open' as const],
        severity: ['critical' as const, 'high' as const],
        page_size: READ,
        ...(store && { store }),
      };
      const { results } = await take(api.GET('/api/alerts/', { params: { query }, signal }));
      // Several alerts about the same shelf are one thing to do.
      const shelves = new Map(
        results.toReversed().map((alert) => [`${alert.store}-${alert.product}`, alert]),
      );
      return results
        .filter((alert) => shelves.get(`${alert.store}-${alert.product}`) === alert)
        .slice(0, SHOWN);
    },
  });
}

/** What cannot wait: what to order today, and what stands between a product and its customers. */
export function Urgent({ store }: { store: string }) {
  const t = useT();
  const { format } = useSession();
  const { query } = useUrl();
  const today = useToday(store);
  const alerts = useUrgentAlerts(store);
  const count = today.data ? `${format.quantity(today.data.count)}${today.data.more ? '+' : ''}` : '';
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <Panel
        title={t('overview.today')}
        asked={today}
        height={270}
        more={{ path: href('/replenishment/', query), words: t('overview.order_them', { count }) }}
      >
        {({ lines }) => <Today lines={lines.slice(0, SHOWN)} />}
      </Panel>
      <Panel
        title={t('overview.urgent')}
        asked={alerts}
        height={270}
        more={{ path: href('/alerts/', query), words: t('action.see_all') }}
      >
        {(rows) => <Alerts rows={rows} />}
      </Panel>
    </SimpleGrid>
  );
}

function Today({ lines }: { lines: Line[] }) {
  const t = useT();
  const { format } = useSession();
  if (lines.length === 0) return <Empty title={t('restock.none')} />;
  return (
    <ul className={css.rows}>
      {lines.map((line) => (
        <li key={line.id} className={css.row}>
          <ProductName id={line.product} name={line.product_name} sku={line.store_name} />
          <div className={css.end}>
            <SeverityBadge severity={severityOf(line)} />
            <div className={css.small}>
              {t('overview.order_so_many', {
                quantity: format.quantity(line.chosen ?? line.quantity),
                from: line.from_store_name ?? line.supplier_name ?? t('restock.no_supplier'),
              })}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Alerts({ rows }: { rows: Schemas['Alert'][] }) {
  const t = useT();
  const { query } = useUrl();
  if (rows.length === 0) return <Empty title={t('alerts.none')} />;
  return (
    <ul className={css.rows}>
      {rows.map((alert) => (
        <li key={alert.id} className={css.row}>
          <ProductName id={alert.product} name={alert.product_name} sku={alert.store_name} />
          <div className={css.end}>
            <SeverityBadge severity={alert.severity} />
            <div>
              <Link
                className={`${css.small} ${css.plain}`}
                href={href('/alerts/', query, { id: String(alert.id) })}
              >
                {t(`alert.${alert.kind}`)}
              </Link>
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
