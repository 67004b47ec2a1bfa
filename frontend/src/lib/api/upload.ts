import { csrfToken } from './client';
import { errorFrom, unreachable } from './errors';

type Options = { key: string; onProgress: (part: number) => void; signal?: AbortSignal };

/** Sends a form with a file and tells how much of it has gone, which fetch cannot. Throws ApiError. */
export async function upload<T>(path: string, form: FormData, options: Options): Promise<T> {
  const token = await csrfToken();
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.responseType = 'json';
    request.setRequestHeader('X-CSRFToken', token);
    request.setRequestHeader('Idempotency-Key', options.key);
    request.upload.onprogress = ({ loaded, total }) => options.onProgress(total ? loaded / total : 0);
    request.onload = () => {
      const { status, response } = request;
      if (status >= 200 && status < 300) resolve(response as T);
      else reject(errorFrom(status, response, request.getResponseHeader('X-Request-ID') ?? ''));
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'));
    options.signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
