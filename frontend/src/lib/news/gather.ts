const SOON = 40;
const FIRST_GAP = 250;
const LONGEST_GAP = 3_000;

export type Gatherer<T> = { add: (items: T[]) => void; stop: () => void };

/** Passes on what came as one: at once when it is quiet, more and more rarely while it keeps coming. */
export function gathering<T>(pass: (all: T[]) => void): Gatherer<T> {
  let waiting: T[] = [];
  let gap = FIRST_GAP;
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    timer = undefined;
    const now = Date.now();
    gap = now - last > 2 * gap ? FIRST_GAP : Math.min(gap * 2, LONGEST_GAP);
    last = now;
    const all = waiting;
    waiting = [];
    pass(all);
  }

  return {
    add(items) {
      waiting.push(...items);
      timer ??= setTimeout(flush, Math.max(SOON, last + gap - Date.now()));
    },
    stop: () => clearTimeout(timer),
  };
}
