import { afterEach, expect, it } from 'vitest';
import { BackendFailure } from './backend-failure';
import type { QueryEndpoint } from './query-endpoint';
import { openScriptedBackend, type ScriptedBackend } from './scripted-backend';
import { tailBackend } from './tail-backend';

const opened: ScriptedBackend[] = [];
let abort = new AbortController();
afterEach(async () => {
  abort.abort();
  abort = new AbortController();
  for (const each of opened.splice(0)) await each.close();
});

async function open(): Promise<ScriptedBackend> {
  const backend = await openScriptedBackend({});
  opened.push(backend);
  return backend;
}

function tail(endpoint: () => QueryEndpoint): AsyncGenerator<string> {
  return tailBackend<string>({
    endpoint,
    target: () => '/tail',
    read: String,
    merge: (waiting, next) => waiting + next,
    signal: abort.signal,
    query: '',
    lookEveryMs: 5,
  });
}

it('follows the endpoint to another server, though the old one still answers', async () => {
  const [one, other] = [await open(), await open()];
  let base = one.base;
  const lines = tail(() => ({ base }));
  const first = lines.next();
  await expect.poll(() => one.sockets.length).toBe(1);
  one.sockets[0]!.send('"of the one"');
  expect((await first).value).toBe('of the one');
  base = other.base;
  const second = lines.next();
  await expect.poll(() => other.sockets.length).toBe(1);
  other.sockets[0]!.send('"of the other"');
  expect((await second).value).toBe('of the other');
  await expect.poll(() => one.sockets[0]!.readyState).toBe(3);
});

it('ends with the reason once there is no endpoint any more', async () => {
  const one = await open();
  let gone = false;
  const lines = tail(() => {
    if (gone) throw new BackendFailure('unavailable', 'It has no Loki API.');
    return { base: one.base };
  });
  const first = lines.next();
  await expect.poll(() => one.sockets.length).toBe(1);
  gone = true;
  await expect(first).rejects.toThrow('It has no Loki API.');
});
