'use client';

import { useCallback, useState } from 'react';

/** A part that is fetched when somebody asks for it: `warm` begins as soon as that seems likely. Name `load` outside. */
export function useWhenAsked<T>(load: () => Promise<T>) {
  const [part, setPart] = useState<T | null>(null);
  const ask = useCallback(() => void load().then((loaded) => setPart(() => loaded)), [load]);
  const warm = useCallback(() => void load(), [load]);
  return { part, ask, warm };
}
