import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { cliPath, type TestHost } from './start-host';

/** The first line that a tail of this host prints. `send` is called again and again: what was sent before the tail stood is not told. */
export async function firstOfTail(
  { home }: TestHost,
  what: 'traces' | 'logs',
  send: () => Promise<void>,
): Promise<string> {
  const child = spawn(process.execPath, [cliPath, 'tail', what, '--json'], {
    env: { ...process.env, WATCHTOWER_HOME: home, WATCHTOWER_TEST: '1' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = lines.next();
  const again = setInterval(() => void send(), 500);
  try {
    return String((await line).value);
  } finally {
    clearInterval(again);
    child.kill('SIGTERM');
  }
}
