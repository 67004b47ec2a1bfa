import {
  ArrowLeftRight,
  Bookmark,
  Boxes,
  ClipboardCheck,
  Factory,
  LayoutDashboard,
  type LucideIcon,
  Package,
  Store,
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
  { path: '/reservations/', name: 'nav.reservations', icon: Bookmark, key: 'v', group: 'stock' },
  { path: '/stores/', name: 'nav.stores', icon: Store, key: 'h', group: 'setup' },
  { path: '/suppliers/', name: 'nav.suppliers', icon: Factory, key: 'u', group: 'restock' },
];
