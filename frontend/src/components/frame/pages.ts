import {
  ArrowLeftRight,
  Bookmark,
  Boxes,
  ClipboardCheck,
  Factory,
  LayoutDashboard,
  Package,
  Store,
  Truck,
} from 'lucide-react';
import type { Words } from '@/lib/i18n';

/** The screens in the order of the navigation; `key` is the second key of `g …`. */
export const PAGES = [
  { path: '/', name: 'nav.overview', icon: LayoutDashboard, key: 'o' },
  { path: '/stock/', name: 'nav.stock', icon: Boxes, key: 's' },
  { path: '/products/', name: 'nav.products', icon: Package, key: 'p' },
  { path: '/movements/', name: 'nav.movements', icon: ArrowLeftRight, key: 'm' },
  { path: '/transfers/', name: 'nav.transfers', icon: Truck, key: 't' },
  { path: '/counts/', name: 'nav.counts', icon: ClipboardCheck, key: 'c' },
  { path: '/reservations/', name: 'nav.reservations', icon: Bookmark, key: 'v' },
  { path: '/stores/', name: 'nav.stores', icon: Store, key: 'h' },
  { path: '/suppliers/', name: 'nav.suppliers', icon: Factory, key: 'u' },
] as const satisfies readonly { path: string; name: Words; icon: unknown; key: string }[];
