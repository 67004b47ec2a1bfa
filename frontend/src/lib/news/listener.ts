import { ApiError } from '@/lib/api/errors';

export type Live = 'live' | 'waiting' | 'reconnecting' | 'offline';
export type Change = { object_type: string; action: string };
type Page = { results: Change[]; next: string; has_more: boolean };

/** Who is told, in one tab or in all of them. */
export type Told = {
  state: (state: Live) => void;
  changes: (changes: Change[], cursor: string) => void;
  /** An import is further than it was. */
  progress: () => void;
  /** What was missed cannot be told any more: everything is to be read anew. */
  lost: () => void;
  signedOut: () => void;
};

/** What of the world is needed: a stream of the browser's, a question to the API, the server's clock. */
export type Ports = {
  open: (address: string) => EventSource;
  ask: (since: string, signal: AbortSignal) => Promise<Page>;
  now: (signal: AbortSignal) => Promise<string>;
};

const ADDRESS = '/api/stream/';
const OPEN = 1;
const CLOSED = 2;
const ENOUGH_FAILURES = 3;
/** A stream that stayed this long works; one that did not greet within as long does not. */
const STAYED = 5_000;
const GREETED_WITHIN = 10_000;
const ASK_EVERY = 5_000;
const MORE_AT_ONCE = 250;
const SLOWEST = 60_000;
const FIRST_PAUSE = 2_000;

/**
 * Hears what changes from a cursor on: by a stream that stays open, and where none does by asking again and again,
 * with a look now and then whether one stays by now. Nothing is told twice and nothing is left out between the two.
 */
export class Listener {
  private source: EventSource | null = null;
  private failures = 0;
  private wasLive = false;
  private pause = ASK_EVERY;
  private streamPause = FIRST_PAUSE;
  private streamAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | null = null;
  private stopped = false;

  constructor(
    public cursor: string,
    private readonly told: Told,
    private readonly ports: Ports,
  ) {
    this.open();
  }

  stop(): void {
    this.stopped = true;
    this.close();
  }

  /** The network is back, or somebody looks again: what waits for its turn is tried now. */
  wake(): void {
    if (this.stopped) return;
    if (this.source?.readyState === OPEN) {
      this.isLive();
      return;
    }
    this.failures = 0;
    this.streamPause = FIRST_PAUSE;
    this.open();
  }

  private close(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.source?.close();
    this.source = null;
  }

  private open(): void {
    this.close();
    const query = this.cursor ? `?since=${encodeURIComponent(this.cursor)}` : '';
    const source = this.ports.open(ADDRESS + query);
    this.source = source;
    this.timer = setTimeout(() => this.giveUp(), GREETED_WITHIN);
    source.addEventListener('connected', (event) => this.greeted(event));
    source.addEventListener('goodbye', (event) => this.dismissed(JSON.parse(event.data).reason));
    source.addEventListener('import', () => this.told.progress());
    source.onmessage = (event) => {
      this.cursor = event.lastEventId || this.cursor;
      this.told.changes([JSON.parse(event.data)], this.cursor);
    };
    source.onerror = () => this.failed(source);
  }

  private greeted(event: MessageEvent): void {
    this.cursor = event.lastEventId || JSON.parse(event.data).cursor;
    this.isLive();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.failures = 0;
      this.streamPause = FIRST_PAUSE;
    }, STAYED);
  }

  private dismissed(reason: string): void {
    if (reason === 'signed_out') {
      this.stop();
      this.told.signedOut();
    } else if (reason === 'cursor_lost') {
      this.cursor = '';
      this.told.lost();
      this.open();
    }
    // After `restart` and `slow` the browser comes back by itself, each after a while of its own.
  }

  private failed(source: EventSource): void {
    clearTimeout(this.timer);
    this.failures += 1;
    if (source.readyState === CLOSED || this.failures >= ENOUGH_FAILURES) this.giveUp();
    else this.told.state(this.wasLive ? 'reconnecting' : 'waiting');
  }

  /** No stream for now: ask instead, and try a stream again later, more and more rarely. */
  private giveUp(): void {
    this.close();
    this.streamAt = Date.now() + this.streamPause;
    this.streamPause = Math.min(this.streamPause * 2, SLOWEST);
    this.pause = ASK_EVERY;
    void this.ask();
  }

  private async ask(): Promise<void> {
    const stop = new AbortController();
    this.asking = stop;
    const answered = await this.read(stop.signal);
    if (stop.signal.aborted || this.stopped) return;
    if (answered && Date.now() >= this.streamAt) this.open();
    else this.timer = setTimeout(() => void this.ask(), this.pause);
  }

  private async read(signal: AbortSignal): Promise<boolean> {
    try {
      this.cursor ||= await this.ports.now(signal);
      const page = await this.ports.ask(this.cursor, signal);
      if (signal.aborted) return false;
      this.cursor = page.next;
      this.pause = page.has_more ? MORE_AT_ONCE : ASK_EVERY;
      this.isLive();
      if (page.results.length > 0) this.told.changes(page.results, this.cursor);
      return !page.has_more;
    } catch (error) {
      if (!signal.aborted) this.refused(error);
      return false;
    }
  }

  private refused(error: unknown): void {
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 401) {
      this.stop();
      this.told.signedOut();
    } else if (status === 410) {
      this.cursor = '';
      this.told.lost();
    } else {
      this.pause = Math.min(this.pause * 2, SLOWEST);
      this.told.state('offline');
    }
  }

  private isLive(): void {
    this.wasLive = true;
    this.told.state('live');
  }
}
