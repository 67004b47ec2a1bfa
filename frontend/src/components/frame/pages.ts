import {
  ArrowLeftRight,
  Boxes,
  ChartLine,
  FileChartColumn,
  FileUp,
  LayoutDashboard,
  type LucideIcon,
  Package,
  TrendingUp,
} from 'lucide-react';
import type { Words } from '@/lib/i18n';
import type { Role } from '@/lib/session';

export const GROUPS = ['stock', 'restock', 'insight', 'setup'] as const;

export type Screen = {
  path: string;
  name: Words;
  icon: LucideIcon;
  /** The second key of `g …`. */
  key: string;
  group: (typeof GROUPS)[number];
  /** Who may open it; everybody when left out. */
  needs?: Role;
  /** One of the few that a phone's bar has room for; the others are behind its last button. */
  phone?: boolean;
};

/** The screens in the order of the navigation. */
export const PAGES: readonly Screen[] = [
  { path: '/', name: 'nav.overview', icon: LayoutDashboard, key: 'o', group: 'stock', phone: true },
  { path: '/stock/', name: 'nav.stock', icon: Boxes, key: 's', group: 'stock', phone: true },
  { path: '/products/', name: 'nav.products', icon: Package, key: 'p', group: 'stock', phone: true },
  { path: '/movements/', name: 'nav.movements', icon: ArrowLeftRight, key: 'm', group: 'stock', phone: true },
  { path: '/sales/', name: 'nav.sales', icon: ChartLine, key: 'v', group: 'insight' },
  { path: '/forecasts/', name: 'nav.forecasts', icon: TrendingUp, key: 'f', group: 'insight' },
  { path: '/reports/', name: 'nav.reports', icon: FileChartColumn, key: 'e', group: 'insight' },
  { path: '/imports/', name: 'nav.imports', icon: FileUp, key: 'i', group: 'setup', needs: 'manager' },
];
