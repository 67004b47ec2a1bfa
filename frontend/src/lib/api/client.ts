import createClient, { type Middleware } from 'openapi-fetch';
import { ApiError, errorFrom, unreachable } from './errors';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

function cookie(name: string): string | undefined {
  const start = `${name}=`;
  return document.cookie
    .split('; ')
    .find((part) => part.startsWith(start))
    ?.slice(start.length);
}

/** Django's token of this browser, which a change needs beside the cookie. */
export async function csrfToken(): Promise<string> {
  if (!cookie('csrftoken')) await fetch('/api/auth/csrf/', { credentials: 'same-origin' });
  return cookie('csrftoken') ?? '';
}

/** The session's cookie is out of reach of scripts; what a change needs beside it is Django's CSRF token. */
const csrf: Middleware = {
  async onRequest({ request }) {
    if (SAFE.has(request.method)) return undefined;
    request.headers.set('X-CSRFToken', await csrfToken());
    return request;
  },
};

/** The only door to the API. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });
api.use(csrf);

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The answer's data; throws ApiError. */
export async function take<T>(asked: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await asked;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  }
  const { data, error, response } = answer;
  if (response.ok) return data as T;
  throw errorFrom(response.status, error, response.headers.get('X-Request-ID') ?? '');
}

/** A key that names one change, so that sending it again changes nothing. Works without HTTPS too. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** The cursor in a page's link to the next one. */
export function cursorOf(next: string | null | undefined): string | undefined {
  if (!next) return undefined;
  return new URL(next, 'http://localhost').searchParams.get('cursor') ?? undefined;
}

export { ApiError };
