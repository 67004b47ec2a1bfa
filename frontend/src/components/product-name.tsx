'use client';

import Link from 'next/link';
import { href, useUrl } from '@/lib/url';
import css from './panel.module.css';

/** A product as it stands in every list: its name, which leads to it, and its SKU below. */
export function ProductName({ id, name, sku }: { id: number; name: string; sku: string }) {
  const { query } = useUrl();
  return (
    <div style={{ lineHeight: 1.3, minWidth: 0 }}>
      <Link className={`${css.plain} ${css.ellipsis}`} href={href('/products/', query, { id: String(id) })}>
        {name}
      </Link>
      <span className={`${css.small} ${css.ellipsis}`}>{sku}</span>
    </div>
  );
}
