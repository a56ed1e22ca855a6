import type { HostLog } from './host-log';

const MAX_DEPTH = 8;

/** The log behind a mask: every text of a line goes through `mask`, errors as message and stack. */
export function maskLog(log: HostLog, mask: (text: string) => string): HostLog {
  const through = (write: 'info' | 'warn' | 'error') => (details: object, message: string) =>
    log[write](masked(details, mask, 0) as object, mask(message));
  return { info: through('info'), warn: through('warn'), error: through('error') };
}

function masked(value: unknown, mask: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_DEPTH) return '…';
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    const code = (value as NodeJS.ErrnoException).code;
    return masked(
      { name, message, stack, ...(code && { code }), ...(cause !== undefined && { cause }) },
      mask,
      depth + 1,
    );
  }
  if (Array.isArray(value)) return value.map((item) => masked(item, mask, depth + 1));
  const entries = Object.entries(value).map(([key, item]) => {
    if (typeof item !== 'string') return [key, masked(item, mask, depth + 1)];
    // `authorization` tells by its name that what follows is secret.
    const start = `${key}: `;
    const line = mask(start + item);
    return [key, line.startsWith(start) ? line.slice(start.length) : mask(item)];
  });
  return Object.fromEntries(entries);
}
