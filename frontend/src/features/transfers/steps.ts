import { type Caller, mayAct } from '@/lib/session';
import type { Transfer, TransferLine } from './queries';

export type Verb =
  | 'request'
  | 'approve'
  | 'dispatch'
  | 'receive'
  | 'write_off'
  | 'send_back'
  | 'close'
  | 'change'
  | 'cancel';

type Who = Pick<Caller, 'role' | 'stores'> & {
  organization: Pick<Caller['organization'], 'transfers_need_approval'>;
};

/** The steps that the person may take now, what comes next first. The API decides; this only hides what it would refuse. */
export function stepsOf(transfer: Pick<Transfer, 'status' | 'from_store' | 'to_store'>, caller: Who): Verb[] {
  const works = (store: number) => caller.stores === null || caller.stores.includes(store);
  const atSource = works(transfer.from_store);
  const atDestination = works(transfer.to_store);
  const manages = mayAct(caller, 'manager');
  const has = (is: boolean, ...verbs: Verb[]) => (is ? verbs : []);
  switch (transfer.status) {
    case 'draft':
      return ['request', 'change', 'cancel'];
    case 'requested': {
      const needsApproval = caller.organization.transfers_need_approval === true;
      return [
        ...has(needsApproval && manages, 'approve'),
        ...has(!needsApproval && atSource, 'dispatch'),
        'cancel',
      ];
    }
    case 'approved':
      return [...has(atSource, 'dispatch'), 'cancel'];
    case 'dispatched':
    case 'partially_received':
      return [
        ...has(atDestination, 'receive'),
        ...has(atDestination && manages, 'write_off'),
        ...has(atSource, 'send_back'),
      ];
    case 'received':
      return ['close'];
    default:
      return [];
  }
}

/** What arrived of one line, as it is being counted. */
export type Arrived = { quantity: string | number; damaged: string | number };

const STEPS = 1000;
export const units = (value: string | number): number => Math.round(Number(value || 0) * STEPS) / STEPS;

/** Above zero: beyond what is in transit; below: still missing. */
export function difference(line: Pick<TransferLine, 'in_transit'>, arrived: Arrived): number {
  return Math.round((units(arrived.quantity) + units(arrived.damaged) - line.in_transit) * STEPS) / STEPS;
}
