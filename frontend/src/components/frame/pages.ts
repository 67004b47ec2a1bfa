import {
  Activity,
  ArrowLeftRight,
  BellRing,
  Bookmark,
  Boxes,
  ChartColumn,
  ClipboardCheck,
  Factory,
  FileChartColumn,
  FileUp,
  LayoutDashboard,
  type LucideIcon,
  Package,
  ScrollText,
  Settings,
  ShoppingCart,
  Sparkles,
  Store,
  TrendingUp,
  Truck,
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
  { path: '/transfers/', name: 'nav.transfers', icon: Truck, key: 't', group: 'stock' },
  { path: '/counts/', name: 'nav.counts', icon: ClipboardCheck, key: 'c', group: 'stock' },
  { path: '/reservations/', name: 'nav.reservations', icon: Bookmark, key: 'w', group: 'stock' },
  { path: '/replenishment/', name: 'nav.restock', icon: Sparkles, key: 'r', group: 'restock' },
  { path: '/alerts/', name: 'nav.alerts', icon: BellRing, key: 'a', group: 'restock' },
  { path: '/orders/', name: 'nav.orders', icon: ShoppingCart, key: 'b', group: 'restock' },
  { path: '/suppliers/', name: 'nav.suppliers', icon: Factory, key: 'u', group: 'restock' },
  { path: '/sales/', name: 'nav.sales', icon: ChartColumn, key: 'v', group: 'insight' },
  { path: '/forecasts/', name: 'nav.forecasts', icon: TrendingUp, key: 'f', group: 'insight' },
  { path: '/reports/', name: 'nav.reports', icon: FileChartColumn, key: 'e', group: 'insight' },
  { path: '/imports/', name: 'nav.imports', icon: FileUp, key: 'i', group: 'setup', needs: 'manager' },
  { path: '/stores/', name: 'nav.stores', icon: Store, key: 'h', group: 'setup' },
  { path: '/settings/', name: 'nav.settings', icon: Settings, key: ',', group: 'setup' },
  { path: '/audit/', name: 'nav.audit', icon: ScrollText, key: 'l', group: 'setup', needs: 'manager' },
  { path: '/system/', name: 'nav.system', icon: Activity, key: 'y', group: 'setup', needs: 'manager' },
];
