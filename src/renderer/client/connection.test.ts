import { expect, it } from 'vitest';
import { Connection } from './connection';
import type { Link, Transport } from './transport';

type Attempt = Parameters<Transport['open']>[0];

const link: Link = { call: async () => 'answered' };

function open() {
  const attempts: Attempt[] = [];
  const transport: Transport = { open: (attempt) => void attempts.push(attempt), diagnose: async () => 'lost' };
  return { connection: new Connection(transport), attempts };
}

it('opens no second way while one is being opened, however often it is asked to try now', async () => {
  const { connection, attempts } = open();
  attempts[0]!.opened(link);
  attempts[0]!.closed();
  expect(connection.state).toBe('lost');
  for (let times = 0; times < 3; times++) connection.retryNow();
  expect(attempts).toHaveLength(2);
  attempts[1]!.opened(link);
  expect(connection.state).toBe('open');
  expect(await connection.call(['host', 'snapshot'], undefined, { context: {} })).toBe('answered');
});

it('tries again at once after a try that failed', async () => {
  const { connection, attempts } = open();
  attempts[0]!.closed();
  await expect.poll(() => connection.state).toBe('lost');
  connection.retryNow();
  expect(attempts).toHaveLength(2);
});
