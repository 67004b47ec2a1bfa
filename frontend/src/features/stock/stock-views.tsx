'use client';

import { useRouter } from 'next/navigation';
import { Tabs } from '@/components/tabs';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { changed, useUrl } from '@/lib/url';

const PATHS = { list: '/stock/', matrix: '/stock/matrix/' } as const;
type Way = keyof typeof PATHS;

/** The same stock as a list or with the stores side by side; what was filtered stays filtered. */
export function StockViews({ here }: { here: Way }) {
  const t = useT();
  const router = useRouter();
  const { query } = useUrl();
  const { stores } = useSession();
  if (stores.length < 2) return null;
  return (
    <div style={{ display: 'flex' }}>
      <Tabs
        label={t('matrix.ways')}
        value={here}
        options={(['list', 'matrix'] as const).map((value) => ({ value, label: t(`matrix.way_${value}`) }))}
        onChange={(next) => {
          const kept = changed(query, { order: null, measure: null, region: null });
          router.push(kept ? `${PATHS[next]}?${kept}` : PATHS[next]);
        }}
      />
    </div>
  );
}
