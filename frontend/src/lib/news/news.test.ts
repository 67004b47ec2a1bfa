import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError } from '@/lib/api/errors';
import { gathering } from './gather';
import { type Change, Listener, type Live, type Ports, type Told } from './listener';
import { together } from './tabs';

/** A stream as a browser has it, told what to say. */
class Stream extends EventTarget {
  static opened: Stream[] = [];
  readyState = 0;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly url: string) {
    super();
    Stream.opened.push(this);
  }
  greet(cursor: string): void {
    this.readyState = 1;
    this.dispatchEvent(
      new MessageEvent('connected', { data: JSON.stringify({ cursor }), lastEventId: cursor }),
    );
  }
  tell(change: Change, cursor: string): void {
    this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(change), lastEventId: cursor }));
  }
  say(name: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }
  fail(closed = false): void {
    this.readyState = closed ? 2 : 0;
    this.onerror?.();
  }
  close(): void {
    this.readyState = 2;
  }
}

const sale = { object_type: 'movement', action: 'stock.movement.applied' };
const newest = (): Stream => Stream.opened.at(-1) as Stream;

function ear() {
  const heard: Change[] = [];
  const states: Live[] = [];
  const told: Told = {
    state: (state) => states.push(state),
    changes: (changes) => heard.push(...changes),
    progress: vi.fn(),
    lost: vi.fn(),
    signedOut: vi.fn(),
  };
  return { heard, states, told };
}

const ports = (
  ask: Ports['ask'] = async (since) => ({ results: [], next: since, has_more: false }),
): Ports => ({
  open: (address) => new Stream(address) as unknown as EventSource,
  ask,
  now: async () => '2026-11-21T12:00:00Z',
});

beforeEach(() => {
  Stream.opened = [];
});

describe('one listener', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('a stream that breaks is come back to; one that will not stay is asked for, from the last cursor on', async () => {
    const { told, heard, states } = ear();
    const asked: string[] = [];
    const listener = new Listener(
      '',
      told,
      ports(async (since) => {
        asked.push(since);
        return { results: [sale], next: '9.0', has_more: false };
      }),
    );
    expect(newest().url).toBe('/api/stream/');
    newest().greet('5.0');
    newest().tell(sale, '6.1');
    newest().fail();
    expect(states).toEqual(['live', 'reconnecting']);
    newest().fail();
    newest().fail();
    await vi.advanceTimersByTimeAsync(0);
    expect([asked, heard.length, states.at(-1)]).toEqual([['6.1'], 2, 'live']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(newest().url).toBe('/api/stream/?since=9.0');
    listener.stop();
  });

  test('a refused stream is tried again more and more rarely, and asking goes on meanwhile', async () => {
    const { told, states } = ear();
    const listener = new Listener('7.0', told, ports());
    for (let minute = 0; minute < 10; minute++) {
      if (newest().readyState !== 2) newest().fail(true);
      await vi.advanceTimersByTimeAsync(5_000);
    }
    expect(Stream.opened.length).toBeLessThan(7);
    expect(new Set(states)).toEqual(new Set(['live']));
    listener.stop();
  });

  test('where nothing answers it is offline, and back at once when the network is', async () => {
    const { told, states } = ear();
    const listener = new Listener(
      '7.0',
      told,
      ports(async () => {
        throw new ApiError(0, 'offline', '');
      }),
    );
    newest().fail(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(states).toEqual(['offline']);
    listener.wake();
    newest().greet('7.0');
    expect(states.at(-1)).toBe('live');
    listener.stop();
  });

  test('who is signed out hears no more; who cannot be told what was missed reads everything anew', () => {
    const { told } = ear();
    const listener = new Listener('7.0', told, ports());
    newest().say('goodbye', { reason: 'cursor_lost' });
    expect(told.lost).toHaveBeenCalledOnce();
    expect(newest().url).toBe('/api/stream/');
    newest().say('goodbye', { reason: 'signed_out' });
    expect(told.signedOut).toHaveBeenCalledOnce();
    expect(newest().readyState).toBe(2);
    listener.stop();
  });

  test('what comes in a burst is passed on as one, soon; what keeps coming, rarely', () => {
    const passed: number[] = [];
    const news = gathering<number>((all) => passed.push(all.length));
    news.add([1]);
    news.add([2]);
    vi.advanceTimersByTime(50);
    expect(passed).toEqual([2]);
    for (let tick = 0; tick < 300; tick++) {
      news.add([tick]);
      vi.advanceTimersByTime(100);
    }
    expect(passed.length).toBeLessThan(16);
    expect(passed.reduce((sum, count) => sum + count)).toBeGreaterThan(270);
    vi.advanceTimersByTime(20_000);
    const before = passed.length;
    news.add([0]);
    vi.advanceTimersByTime(50);
    expect(passed.length).toBe(before + 1);
  });
});

/** Locks as a browser keeps them: who asks first holds first. */
function lockManager(): LockManager {
  let last = Promise.resolve();
  return {
    query: async () => ({}),
    request: (_name: string, { signal }: { signal?: AbortSignal }, hold: () => Promise<void>) => {
      const turn = last.then(() => (signal?.aborted ? undefined : hold()));
      last = turn.then(() => undefined);
      return turn;
    },
  } as unknown as LockManager;
}

test('of several tabs one listens; when it goes the next goes on from where it was', async () => {
  const [first, second] = [ear(), ear()];
  const locks = lockManager();
  const name = `tabs-${Math.random()}`;
  const one = together(name, first.told, ports(), locks);
  await vi.waitFor(() => expect(Stream.opened.length).toBe(1));
  const two = together(name, second.told, ports(), locks);
  newest().greet('5.0');
  newest().tell(sale, '6.1');
  await vi.waitFor(() => expect(second.heard).toEqual([sale]));
  expect([first.heard, second.states.at(-1), Stream.opened.length]).toEqual([[sale], 'live', 1]);
  one.stop();
  await vi.waitFor(() => expect(Stream.opened.length).toBe(2));
  expect(newest().url).toBe('/api/stream/?since=6.1');
  newest().tell(sale, '7.1');
  expect([first.heard.length, second.heard.length]).toEqual([1, 2]);
  two.stop();
});
