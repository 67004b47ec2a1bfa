'use client';

import { Alert, Button, Group, Progress, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { sentence } from '@/components/feedback';
import { ApiError } from '@/lib/api/errors';
import { useT } from '@/lib/i18n';
import { mayAct, useSession } from '@/lib/session';
import { useForecast, useProposals, usePropose } from './queries';

const NEEDS_FORECAST = new Set(['nothing_to_propose', 'forecast_too_old']);

/** Asks for a new proposal, and says how far it is. */
export function useNewProposal() {
  const queries = useQueryClient();
  const proposals = useProposals();
  const propose = usePropose();
  const forecast = useForecast();
  const current = proposals.data?.find(({ is_current }) => is_current);
  const waiting = proposals.data?.find(({ status }) => status === 'queued');
  const shown = useRef<number | undefined>(undefined);
  useEffect(() => {
    // Another one is shown now: its lines are read.
    if (shown.current !== undefined && current?.id !== shown.current) {
      void queries.invalidateQueries({ queryKey: ['restock', 'lines'] });
    }
    shown.current = current?.id ?? shown.current;
  }, [current?.id, queries]);
  return { current, waiting, newest: proposals.data?.[0], propose, forecast, isPending: proposals.isPending };
}

type NewProposal = ReturnType<typeof useNewProposal>;

export function ProposeButton({ asked }: { asked: NewProposal }) {
  const t = useT();
  const { caller } = useSession();
  if (!mayAct(caller, 'manager')) return null;
  return (
    <Button
      variant="default"
      leftSection={<RefreshCw size={16} aria-hidden />}
      loading={asked.propose.isPending || asked.waiting !== undefined}
      onClick={() => asked.propose.mutate()}
    >
      {t('proposal.new')}
    </Button>
  );
}

/** What the lines were reckoned from, and what stands in the way of a newer one. */
export function ProposalState({ asked }: { asked: NewProposal }) {
  const t = useT();
  const { caller, format } = useSession();
  const { current, waiting, newest, propose, forecast } = asked;
  const needsForecast = propose.error instanceof ApiError && NEEDS_FORECAST.has(propose.error.code);
  const failed = newest?.status === 'failed' ? newest : undefined;
  return (
    <>
      {current && (
        <Text size="xs" c="dimmed" className="figures">
          {t('proposal.made', { when: format.time(current.finished_at) })}
          {current.forecast_age ? ` · ${t('proposal.age', { days: current.forecast_age })}` : ''}
          {current.lines_left_out > 0
            ? ` · ${t('proposal.left_out', { count: current.lines_left_out })}`
            : ''}
        </Text>
      )}
      {waiting && (
        <div role="status">
          <Text size="sm" mb={4}>
            {t('proposal.working')}
          </Text>
          <Progress value={100} animated aria-label={t('proposal.working')} />
        </div>
      )}
      {failed && !waiting && (
        <Alert role="alert" variant="default" title={t('proposal.failed')}>
          {failed.error}
        </Alert>
      )}
      {propose.error && (
        <Alert role="alert" variant="default" title={t('proposal.refused')}>
          <Group justify="space-between">
            <Text size="sm">
              {forecast.isSuccess
                ? t('proposal.forecast_asked')
                : sentence(forecast.error ?? propose.error, t)}
            </Text>
            {needsForecast && mayAct(caller, 'manager') && !forecast.isSuccess && (
              <Button size="xs" onClick={() => forecast.mutate()} loading={forecast.isPending}>
                {t('proposal.forecast')}
              </Button>
            )}
          </Group>
        </Alert>
      )}
    </>
  );
}
