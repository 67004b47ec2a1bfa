'use client';

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useT } from '@/lib/i18n';
import type { Named } from '@/lib/scan';
import { useSession } from '@/lib/session';
import css from './count-pad.module.css';
import { TakeBack } from './entries';
import type { Pad } from './pad';
import { type Count, useEntries, useLines, useVoid } from './queries';

const FEW = 5;
const MANY = 50;

type Props = { count: Count; pad: Pad; onPick: (product: Named) => void; onForget: (key: string) => void };

/** Below the pad: what was refused, what was just entered, and what is still to be counted. */
export function PadLists({ count, pad, onPick, onForget }: Props) {
  return (
    <>
      <Refused pad={pad} onForget={onForget} />
      <Latest count={count} />
      <StillToCount count={count} onPick={onPick} />
    </>
  );
}

function Item({ name, small, children }: { name: string; small: ReactNode; children?: ReactNode }) {
  return (
    <li className={css.item}>
      <div style={{ minWidth: 0 }}>
        <div>{name}</div>
        <div className={css.sku}>{small}</div>
      </div>
      {children}
    </li>
  );
}

function Refused({ pad, onForget }: { pad: Pad; onForget: (key: string) => void }) {
  const t = useT();
  const { format } = useSession();
  if (pad.refused.length === 0) return null;
  return (
    <section role="alert">
      <h2 className={css.head}>{t('count.refused')}</h2>
      <ul className={`${css.list} ${css.refused}`}>
        {pad.refused.map(({ item, why }) => (
          <Item
            key={item.key}
            name={`${item.product?.name ?? item.code}: ${format.quantity(item.quantity)}`}
            small={<span className={css.why}>{why || t('scan.unknown', { code: item.code })}</span>}
          >
            <Button size="compact-sm" variant="default" onClick={() => onForget(item.key)}>
              {t('count.forget')}
            </Button>
          </Item>
        ))}
      </ul>
    </section>
  );
}

function Latest({ count }: { count: Count }) {
  const t = useT();
  const { format } = useSession();
  const list = useEntries(count.id, FEW);
  const { mutate: takeBack } = useVoid(count.id);
  const entries = (list.rows ?? []).filter(({ voided_at }) => voided_at === null).slice(0, FEW);
  if (entries.length === 0) return null;
  return (
    <section>
      <h2 className={css.head}>{t('count.latest')}</h2>
      <ul className={css.list}>
        {entries.map((entry) => (
          <Item
            key={entry.id}
            name={entry.product_name}
            small={[entry.sku, entry.place].filter(Boolean).join(' · ')}
          >
            <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
              <b className="figures">{format.quantity(entry.quantity)}</b>
              <TakeBack entry={entry} onTake={takeBack} />
            </span>
          </Item>
        ))}
      </ul>
    </section>
  );
}

function StillToCount({ count, onPick }: { count: Count; onPick: (product: Named) => void }) {
  const t = useT();
  const list = useLines(count.id, count.state === 'recount' ? 'recounting' : 'uncounted', MANY);
  const lines = list.rows ?? [];
  if (lines.length === 0) return null;
  return (
    <section>
      <h2 className={css.head}>{t('count.still')}</h2>
      <ul className={css.list}>
        {lines.map((line) => (
          <li key={line.id} className={css.item}>
            <button
              type="button"
              className={css.choose}
              onClick={() => {
                onPick({ id: line.product, name: line.product_name, sku: line.sku });
                window.scrollTo({ top: 0 });
              }}
            >
              <span>{line.product_name}</span>
              <span className={css.sku}>{line.sku}</span>
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button mt="xs" variant="default" size="sm" onClick={() => void list.fetchNextPage()}>
          {t('count.more')}
        </Button>
      )}
    </section>
  );
}
