'use client';

import { Truck } from 'lucide-react';
import { SEVERITY_COLOURS } from '@/components/severity';
import { Tiles } from '@/components/tiles';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { SEVERITIES, type Severity } from '@/lib/urgency';
import { type Group as Grouped, type Grouping, groupsOf, type Line, severityOf, sumOf } from './lines';
import css from './restock.module.css';

type TilesProps = { lines: Line[]; value: Severity | ''; onChange: (value: string) => void };

/** How much is urgent, and a way to see only that. */
export function Urgency({ lines, value, onChange }: TilesProps) {
  const t = useT();
  const { format, caller } = useSession();
  const tiles = SEVERITIES.map((severity) => {
    const sum = sumOf(lines.filter((line) => severityOf(line) === severity));
    const money = sum.cost === null ? '' : format.moneyCompact(sum.cost, caller.organization.currency);
    return {
      key: severity,
      name: t(`restock.${severity}`),
      count: format.quantity(sum.lines),
      more: [t('kpi.units', { units: format.compact(sum.units) }), money].filter(Boolean).join(' · '),
      colour: SEVERITY_COLOURS[severity],
    };
  });
  return <Tiles label={t('restock.urgency')} tiles={tiles} value={value} onChange={onChange} />;
}

type GroupsProps = { lines: Line[]; by: Grouping; value: string; onChange: (key: string) => void };

/** Suppliers and giving stores, or the stores it is for: one of them shows its lines only. */
export function Groups({ lines, by, value, onChange }: GroupsProps) {
  const t = useT();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll sideways in every browser
    <div className={css.groups} role="group" aria-label={t(`restock.by_${by}`)}>
      {groupsOf(lines, by).map((group) => (
        <GroupButton
          key={group.key}
          group={group}
          chosen={value === group.key}
          onChange={() => onChange(value === group.key ? '' : group.key)}
        />
      ))}
    </div>
  );
}

function GroupButton({ group, chosen, onChange }: { group: Grouped; chosen: boolean; onChange: () => void }) {
  const t = useT();
  const { format, caller } = useSession();
  const sum = sumOf(group.lines);
  return (
    <button type="button" className={css.group} aria-pressed={chosen} onClick={onChange}>
      <span className={css.groupName}>
        <span className={css.dot} style={{ background: SEVERITY_COLOURS[group.worst] }} aria-hidden />
        {group.isTransfer && <Truck size={14} aria-hidden />}
        {group.name || t('restock.no_supplier')}
      </span>
      <span className="soft figures">
        {t(sum.lines === 1 ? 'papers.line' : 'papers.lines', { count: sum.lines })}
        {sum.cost ? ` · ${format.moneyCompact(sum.cost, caller.organization.currency)}` : ''}
      </span>
    </button>
  );
}
