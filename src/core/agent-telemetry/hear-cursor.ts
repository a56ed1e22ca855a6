import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sendHttp } from '../http/client/send-http';
import { type CursorEvent, tellCursorEvent } from './cursor-event';

interface CursorHearing {
  /** Watchtower's. */
  home: string;
  content: boolean;
  now(): number;
  /** Base URL of the receiver; null where none runs. */
  endpoint(): Promise<string | null>;
  /** Most time for what goes over the network, in all. */
  signal: AbortSignal;
}

/** A turn that began longer ago was never ended. */
const staleMs = 24 * 3_600_000;

/** Turns what Cursor tells a hook into telemetry. Whatever it is given, and whoever does not answer, it does not throw. */
export async function hearCursor(
  input: string,
  { home, content, now, endpoint, signal }: CursorHearing,
): Promise<void> {
  try {
    const event: unknown = JSON.parse(input.replace(/^\ufeff/, ''));
    if (typeof event !== 'object' || event === null || Array.isArray(event)) return;
    const at = now();
    const turnStartedAt = await rememberTurn(event as CursorEvent, home, at);
    const told = tellCursorEvent(event as CursorEvent, { now: at, turnStartedAt, content });
    const base = told.length === 0 ? null : await endpoint();
    if (base === null) return;
    for (const { signal: kind, body } of told) {
      const answer = await sendHttp(`${base.replace(/\/+$/, '')}/v1/${kind}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal,
      });
      answer.resume();
    }
  } catch {
    // A hook that fails would be in the person's way; what could not be told is gone.
  }
}

/** When the turn of an event began: kept from its prompt to its end, as each hook is a process of its own. */
async function rememberTurn(event: CursorEvent, home: string, now: number): Promise<number | null> {
  const name = event.hook_event_name;
  if (name !== 'beforeSubmitPrompt' && name !== 'stop') return null;
  const folder = join(home, 'cursor-turns');
  const key = createHash('sha256')
    .update(JSON.stringify([event.conversation_id, event.generation_id]))
    .digest('hex');
  const path = join(folder, key.slice(0, 32));
  if (name === 'beforeSubmitPrompt') {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await forgetStale(folder, now);
    await writeFile(path, String(now), { mode: 0o600 });
    return now;
  }
  const started = Number(await readFile(path, 'utf8').catch(() => ''));
  await rm(path, { force: true });
  return started > 0 ? started : null;
}

async function forgetStale(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > staleMs) await rm(path, { force: true });
  }
}
