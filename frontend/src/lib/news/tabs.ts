import { type Change, Listener, type Live, type Ports, type Told } from './listener';

type Message =
  | { kind: 'hello' }
  | { kind: 'state'; state: Live; cursor: string }
  | { kind: 'changes'; changes: Change[]; cursor: string }
  | { kind: 'progress' }
  | { kind: 'lost' }
  | { kind: 'signed_out' };

export type Door = { wake: () => void; stop: () => void };

/** How often the tab that listens says that it is there, and how long the others believe it. Browsers let the clock of
 * a tab that nobody sees strike once a minute. */
const BEAT = 15_000;
const BELIEVED = 100_000;
const HIDDEN_FOR = 30_000;

export const canShare = (): boolean => 'locks' in navigator && 'BroadcastChannel' in window;

/**
 * One tab listens and tells the others: a browser opens six connections to one address, and every stream keeps one.
 * The tab that holds the lock listens; when it goes the next one goes on from the cursor that all of them know.
 */
export function together(name: string, told: Told, ports: Ports, locks: LockManager = navigator.locks): Door {
  const channel = new BroadcastChannel(name);
  const stop = new AbortController();
  let listener: Listener | null = null;
  let state: Live = 'waiting';
  let cursor = '';
  let heard = Date.now();
  let timer: ReturnType<typeof setInterval>;
  let release: () => void = () => undefined;

  const say = (message: Message) => channel.postMessage(message);
  const here = () => say({ kind: 'state', state, cursor: listener?.cursor ?? cursor });

  const both: Told = {
    state(next) {
      state = next;
      told.state(next);
      here();
    },
    changes(changes, at) {
      cursor = at;
      told.changes(changes, at);
      say({ kind: 'changes', changes, cursor: at });
    },
    progress() {
      told.progress();
      say({ kind: 'progress' });
    },
    lost() {
      told.lost();
      say({ kind: 'lost' });
    },
    signedOut() {
      told.signedOut();
      say({ kind: 'signed_out' });
    },
  };

  channel.onmessage = ({ data: message }: MessageEvent<Message>) => {
    if (message.kind === 'hello') {
      if (listener) here();
      return;
    }
    if (listener) return;
    heard = Date.now();
    if (message.kind === 'state') told.state(message.state);
    if (message.kind === 'changes') told.changes(message.changes, message.cursor);
    if (message.kind === 'progress') told.progress();
    if (message.kind === 'lost') told.lost();
    if (message.kind === 'signed_out') told.signedOut();
    cursor = message.kind === 'lost' ? '' : 'cursor' in message ? message.cursor : cursor;
  };

  function lead(): Promise<void> {
    if (stop.signal.aborted) return Promise.resolve();
    clearInterval(timer);
    listener = new Listener(cursor, both, ports);
    timer = setInterval(here, BEAT);
    return new Promise((resolve) => {
      release = resolve;
    });
  }

  /** Waits for its turn; a tab that was pushed aside waits again. */
  function follow(): void {
    clearInterval(timer);
    listener?.stop();
    listener = null;
    heard = Date.now();
    timer = setInterval(() => {
      if (!document.hidden && Date.now() - heard > BELIEVED) pushAside();
    }, BEAT);
    locks.request(name, { signal: stop.signal }, lead).catch(ended);
    say({ kind: 'hello' });
  }

  /** A tab that the device has put to sleep keeps its lock and says nothing. */
  function pushAside(): void {
    heard = Date.now();
    locks.request(name, { steal: true }, lead).catch(ended);
  }

  function ended(): void {
    if (!stop.signal.aborted) follow();
  }

  follow();
  return {
    wake: () => listener?.wake(),
    stop() {
      stop.abort();
      clearInterval(timer);
      listener?.stop();
      release();
      channel.close();
    },
  };
}

/** Where tabs cannot agree (a page without HTTPS in a shop's own network): each listens while somebody looks at it. */
export function alone(told: Told, ports: Ports): Door {
  let cursor = '';
  let listener: Listener | null = new Listener('', told, ports);
  let timer: ReturnType<typeof setTimeout>;

  function look(): void {
    clearTimeout(timer);
    if (document.hidden) {
      timer = setTimeout(() => {
        cursor = listener?.cursor ?? cursor;
        listener?.stop();
        listener = null;
      }, HIDDEN_FOR);
    } else listener ??= new Listener(cursor, told, ports);
  }

  document.addEventListener('visibilitychange', look);
  return {
    wake: () => listener?.wake(),
    stop() {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(timer);
      listener?.stop();
    },
  };
}
