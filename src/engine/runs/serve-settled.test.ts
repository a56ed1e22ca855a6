import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { Barrier } from './barrier';
import { serveSettled } from './serve-settled';

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

async function ask(barrier: Partial<Barrier>): Promise<{ status: number; body: unknown }> {
  const app = new Hono();
  const end = { segment: 1, position: 9000 };
  serveSettled(app, {
    journalEnd: async () => end,
    applied: async () => {},
    behind: ({ position }) => `About ${position} B are still to be stored.`,
    ...barrier,
  });
  const response = await app.request('/watchtower/settled?timeout=5');
  return { status: response.status, body: await response.json() };
}

it('says how much is still to be stored when the time is over', async () => {
  expect(await ask({ applied: (_, signal) => never(signal) })).toEqual({
    status: 503,
    body: { settled: false, waitedMs: expect.any(Number), reason: 'About 9000 B are still to be stored.' },
  });
});

it('says that the receiver does not answer when the time is over', async () => {
  const { status, body } = await ask({ journalEnd: never });
  expect([status, body]).toEqual([503, expect.objectContaining({ reason: expect.stringContaining('receiver') })]);
});
