/** Every refusal of the API has one shape; it is kept whole until a screen shows it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: Record<string, string[]> = {},
    readonly requestId: string = '',
    /** The fields as the API sent them: rows of a list are named by their number, from 1 on. */
    readonly sent: Record<string, unknown> = {},
  ) {
    super(detail);
    this.name = 'ApiError';
  }

  /** What is wrong with one field of a form, if anything is. */
  field(name: string): string | undefined {
    return this.fields[name]?.[0];
  }

  /** What is wrong with the rows of a list that was sent: sentences by row, 1 is the first. */
  rows(name: string): Record<number, string> {
    const sent = this.sent[name];
    if (!isRecord(sent)) return {};
    return Object.fromEntries(
      Object.entries(sent).map(([row, wrong]) => [Number(row), lines(wrong).join(' ')]),
    );
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function lines(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(lines);
  if (isRecord(value)) return Object.values(value).flatMap(lines);
  return value === null || value === undefined ? [] : [String(value)];
}

/** The error a response stands for, also when what came is not the API's (a proxy's page, nothing at all). */
export function errorFrom(status: number, body: unknown, requestId: string): ApiError {
  if (!isRecord(body) || typeof body.detail !== 'string') {
    return new ApiError(status, 'unreadable', '', {}, requestId);
  }
  const fields = isRecord(body.fields)
    ? Object.fromEntries(Object.entries(body.fields).map(([name, value]) => [name, lines(value)]))
    : {};
  const id = typeof body.request_id === 'string' ? body.request_id : requestId;
  const sent = isRecord(body.fields) ? body.fields : {};
  return new ApiError(status, String(body.code ?? ''), body.detail, fields, id, sent);
}

/** Nothing came back: the network or the server is away. */
export const unreachable = (): ApiError => new ApiError(0, 'offline', '');
