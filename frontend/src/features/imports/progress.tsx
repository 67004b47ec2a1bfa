'use client';

import { Progress, Text } from '@mantine/core';
import { Check } from 'lucide-react';
import panel from '@/components/panel.module.css';
import { useT } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import css from './drop-zone.module.css';
import type { Import, ImportStatus } from './queries';

const STEPS = ['sent', 'checked', 'imported'] as const;
const DONE: Record<ImportStatus, number> = {
  uploaded: 1,
  validating: 1,
  failed: 1,
  ready: 2,
  applying: 2,
  applied: 3,
  undoing: 3,
  undone: 3,
};

/** How far a file has come on its way in. */
export function Steps({ job }: { job: Import }) {
  const t = useT();
  const done = DONE[job.status];
  return (
    <ol className={css.steps} aria-label={t('imports.steps')}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          className={css.step}
          data-done={index < done || undefined}
          aria-current={index === done ? 'step' : undefined}
        >
          <span className={css.ball}>
            {index < done ? <Check size={12} strokeWidth={2.6} aria-hidden /> : index + 1}
          </span>
          {t(`imports.step_${step}`)}
        </li>
      ))}
    </ol>
  );
}

/** What a worker is doing to the file, how fast, and how long it will take. */
export function AtWork({ job }: { job: Import }) {
  const t = useT();
  const format = useFormat();
  const { percent, rows_done, rows_to_do, rows_per_second, seconds_left } = job.progress;
  const facts = [
    rows_to_do > 0 &&
      t('imports.rows_of', { done: format.quantity(rows_done), all: format.quantity(rows_to_do) }),
    rows_per_second > 0 && t('imports.per_second', { rows: format.quantity(rows_per_second) }),
    seconds_left != null && t('imports.left', { time: format.duration(Math.ceil(seconds_left)) }),
  ].filter(Boolean);
  return (
    <section className={panel.panel} aria-label={t('imports.progress')}>
      <div className={panel.head}>
        <h2>{t(`imports.doing_${job.status}`)}</h2>
        <Text size="sm" fw={600} className="figures">
          {format.share(percent)}
        </Text>
      </div>
      <Progress value={percent} animated size="lg" aria-label={t('imports.progress')} />
      <Text size="sm" c="dimmed" mt={8} className="figures" mih={22}>
        {facts.join(' · ') || t('imports.waiting')}
      </Text>
    </section>
  );
}
