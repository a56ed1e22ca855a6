interface FailureFacts {
  /** 0-based place in the query, where the backend said one. */
  position?: number | undefined;
  /** Of the HTTP answer, where there was one. */
  status?: number | undefined;
  /** What to do. */
  hint?: string | undefined;
  /** The server's certificate was not accepted. */
  untrusted?: boolean;
}

/** Why a backend gave no answer: it refused the query, or it could not be asked. Mapped to the contract's errors in `core/api`. */
export class BackendFailure extends Error {
  readonly position: number | undefined;
  readonly status: number | undefined;
  readonly hint: string | undefined;
  readonly untrusted: boolean;

  constructor(
    readonly kind: 'refused' | 'unavailable',
    message: string,
    { position, status, hint, untrusted = false }: FailureFacts = {},
  ) {
    super(message);
    this.name = 'BackendFailure';
    this.position = position;
    this.status = status;
    this.hint = hint;
    this.untrusted = untrusted;
  }
}

/** A failure from the body of an error answer of Tempo or Loki (text) or Prometheus (JSON). */
export function refusalFrom(status: number, body: string, query?: string): BackendFailure {
  const message = readMessage(body) || `The backend answered with status ${status}.`;
  const refused = status >= 400 && status < 500 && status !== 429;
  return new BackendFailure(refused ? 'refused' : 'unavailable', message, {
    position: findPosition(message, query),
    status,
  });
}

/** What the body of an error answer says in words; empty where it says nothing. */
export function readMessage(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) {
      const { error, message } = parsed as { error?: unknown; message?: unknown };
      if (typeof error === 'string') return error;
      if (typeof message === 'string') return message;
    }
  } catch {
    // Plain text, as Tempo and Loki answer.
  }
  return body.trim().slice(0, 2000);
}

/** Tempo and Loki write `line 1, col 12`, Prometheus `1:12: parse error`; both count from 1. */
function findPosition(message: string, query: string | undefined): number | undefined {
  if (query === undefined) return undefined;
  const found = /line (\d+), col (\d+)/.exec(message) ?? /\b(\d+):(\d+): parse error/.exec(message);
  if (!found) return undefined;
  const lines = query.split('\n');
  const line = Number(found[1]) - 1;
  if (line < 0 || line >= lines.length) return undefined;
  const before = lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0);
  return Math.min(query.length, before + Math.max(0, Number(found[2]) - 1));
}
