'use client';

import { useCallback, useState } from 'react';
import { newKey } from '@/lib/api/client';
import { ApiError } from '@/lib/api/errors';

/** True when it is not known whether the request was done: sent again, it must carry the same key. */
const isUnanswered = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500);

/** The key of one change, and how it gets another one after a refusal, which did nothing. */
export function useOnce(): [key: string, refused: (error: unknown) => void] {
  const [key, setKey] = useState(newKey);
  const refused = useCallback((error: unknown) => {
    if (!isUnanswered(error)) setKey(newKey());
  }, []);
  return [key, refused];
}
