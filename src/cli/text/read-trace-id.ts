import { CommandFailure } from '../command-failure';
import { EXIT } from '../exit-codes';

/** The id of a trace as it was given: 16 or 32 digits, or the address of its page. Fails with exit code 2. */
export function readTraceId(given: string): string {
  const [, id] = /(?:^|\/traces?\/)([0-9a-f]{16}|[0-9a-f]{32})(?:[?#].*)?$/i.exec(given.trim()) ?? [];
  if (id !== undefined) return id.toLowerCase();
  throw new CommandFailure(
    {
      kind: 'no-trace-id',
      message: `${JSON.stringify(given)} is no trace id.`,
      hint: 'Give its 32 hexadecimal digits, as `watchtower query traces` prints them.',
    },
    EXIT.usage,
  );
}
