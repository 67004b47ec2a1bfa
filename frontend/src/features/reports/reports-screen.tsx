'use client';

import {
  ArrowLeftRight,
  CalendarClock,
  Coins,
  Gauge,
  Hourglass,
  type LucideIcon,
  Moon,
  PackageSearch,
  PackageX,
  Percent,
  RotateCw,
  Shapes,
  ShoppingCart,
  Timer,
  Truck,
} from 'lucide-react';
import Link from 'next/link';
import { Page } from '@/components/page';
import { useT } from '@/lib/i18n';
import { href, useUrl } from '@/lib/url';
import { GROUPS, type Group, type Name } from './definitions';
import css from './gallery.module.css';

const ICONS: Record<Name, LucideIcon> = {
  valuation: Coins,
  ageing: Hourglass,
  'dead-stock': Moon,
  'abc-xyz': Shapes,
  turnover: RotateCw,
  'days-of-cover': CalendarClock,
  'sell-through': Percent,
  shrinkage: PackageX,
  restock: ShoppingCart,
  'transfers-in-transit': Truck,
  'low-stock': Gauge,
  movements: ArrowLeftRight,
  'movements-products': PackageSearch,
  'lead-times': Timer,
};

/** Every report by the question it answers. */
export function ReportsScreen() {
  const t = useT();
  const { query } = useUrl();
  return (
    <Page title={t('nav.reports')} lead={t('reports.lead')}>
      {(Object.keys(GROUPS) as Group[]).map((group) => (
        <section key={group} aria-labelledby={`reports-${group}`}>
          <h2 className={css.heading} id={`reports-${group}`}>
            {t(`reports.group_${group}`)}
          </h2>
          <ul className={css.cards} style={{ marginBlockStart: 8 }}>
            {GROUPS[group].map((name) => {
              const Icon = ICONS[name];
              return (
                <li key={name}>
                  <Link className={css.card} href={href('/reports/', query, { report: name })}>
                    <span className={css.name}>
                      <Icon size={18} strokeWidth={1.8} aria-hidden />
                      {t(`report.${name}`)}
                    </span>
                    <p className={css.about} style={{ marginBlockEnd: 0 }}>
                      {t(`report.about_${name}`)}
                    </p>
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </Page>
  );
}
