'use client';

import { Badge } from '@/components/badge';
import { Empty } from '@/components/feedback';
import css from '@/components/panel.module.css';
import { ProductName } from '@/components/product-name';
import type { Schemas } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';

export function LowList({ rows }: { rows: Schemas['LowStockRow'][] }) {
  const t = useT();
  const { format } = useSession();
  if (rows.length === 0)
    return <Empty title={t('overview.nothing_low')}>{t('overview.nothing_low_lead')}</Empty>;
  return (
    <ul className={css.rows}>
      {rows.map((row) => (
        <li key={row.id} className={css.row}>
          <ProductName id={row.product_id} name={row.product_name} sku={row.store} />
          <div className={css.end}>
            <Badge tone={row.status === 'low' ? 'warn' : 'bad'}>{t(`status.${row.status}`)}</Badge>
            <div className={css.small}>
              {t('overview.of_level', {
                available: format.quantity(row.available),
                level: format.quantity(row.reorder_level),
              })}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

export function TopList({ sales }: { sales: Schemas['AggregatedSales'] }) {
  const t = useT();
  const { format } = useSession();
  if (sales.results.length === 0) return <Empty title={t('overview.no_sales')} />;
  const { currency } = sales;
  return (
    <ol className={css.rows}>
      {sales.results.map((row) => (
        <li key={row.product_id} className={css.row}>
          <ProductName id={row.product_id ?? 0} name={row.product ?? ''} sku={row.sku ?? ''} />
          <div className={css.end}>
            {t('kpi.units', { units: format.quantity(row.units) })}
            <div className={css.small}>{currency ? format.money(row.revenue, currency) : null}</div>
          </div>
        </li>
      ))}
    </ol>
  );
}

export function LatestList({ movements }: { movements: Schemas['Movement'][] }) {
  const t = useT();
  const { format, storeOf } = useSession();
  if (movements.length === 0) return <Empty title={t('movements.none')}>{t('movements.none_lead')}</Empty>;
  return (
    <ul className={css.rows}>
      {movements.map((one) => (
        <li key={one.id} className={css.row}>
          <ProductName
            id={one.product}
            name={one.product_name}
            sku={`${t(`kind.${one.movement_type}`)} · ${one.store_name}`}
          />
          <div className={css.end}>
            {format.change(one.delta)}
            <div className={css.small}>
              {one.status === 'rejected'
                ? t('movement.rejected')
                : format.time(one.effective_at, storeOf(one.store)?.time_zone)}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
