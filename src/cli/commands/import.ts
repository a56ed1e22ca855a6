import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { noOtlpEndpoint } from '../../shared/no-otlp-endpoint';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT } from '../exit-codes';
import { readBoundedLines } from '../read-bounded-lines';
import { jsonLine, type Terminal } from '../terminal';
import type { Signal } from './query';

export interface ImportOptions {
  /** OTLP/HTTP base URL; undefined: the running host. */
  endpoint?: string;
  json?: boolean;
}

const SIGNAL_OF: Record<string, Signal> = { resourceSpans: 'traces', resourceLogs: 'logs', resourceMetrics: 'metrics' };
const mostTries = 8;
/** As the receiver takes it. */
const maxLineBytes = 64 * 1024 * 1024;

/** Sends a file of OTLP JSON lines to OTLP/HTTP; stops at the first line that is not one, and says which. */
export async function importTelemetry(file: string, options: ImportOptions, terminal: Terminal): Promise<void> {
  await refuseUnreadable(file);
  const endpoint = options.endpoint ?? (await (await attach()).client.host.snapshot()).endpoints.otlpHttp;
  if (!endpoint) throw new CommandFailure(noOtlpEndpoint);
  const sent = { traces: 0, logs: 0, metrics: 0, rejected: 0 };
  let line = 0;
  for await (const text of readBoundedLines(createReadStream(file), maxLineBytes)) {
    line += 1;
    if (text === null) throw tooLong(line);
    if (text.trim() === '') continue;
    const signal = signalOf(text, line);
    sent.rejected += await send(`${endpoint.replace(/\/$/, '')}/v1/${signal}`, text, line);
    sent[signal] += 1;
  }
  terminal.out(
    options.json
      ? jsonLine(sent)
      : `Imported ${sent.traces} requests of traces, ${sent.logs} of logs and ${sent.metrics} of metrics${sent.rejected > 0 ? `; ${sent.rejected} items were rejected` : ''}.\n`,
  );
}

async function refuseUnreadable(file: string): Promise<void> {
  const facts = await stat(file).catch(() => null);
  const refuse = (message: string, hint?: string) => {
    throw new CommandFailure({ kind: 'no-file', message, ...(hint && { hint }) }, EXIT.usage);
  };
  if (!facts) refuse(`There is no file ${file} that can be read.`);
  if (facts?.isDirectory()) refuse(`${file} is a folder.`, 'Give one file of OTLP JSON lines.');
  await access(file, constants.R_OK).catch(() => refuse(`There is no file ${file} that can be read.`));
}

function tooLong(line: number): CommandFailure {
  return new CommandFailure(
    {
      kind: 'line-too-long',
      message: `Line ${line} is longer than ${maxLineBytes / 1024 / 1024} MiB, the most that a receiver takes in one request.`,
      hint: 'Give a file of OTLP JSON lines, one request a line, and split requests that are larger. Lines before it were imported.',
    },
    EXIT.failed,
  );
}

function signalOf(text: string, line: number): Signal {
  const request = parse(text);
  const signal = Object.keys(request ?? {}).flatMap((key) => SIGNAL_OF[key] ?? [])[0];
  if (signal) return signal;
  throw new CommandFailure(
    {
      kind: 'not-otlp',
      message: `Line ${line} is not an OTLP JSON request.`,
      hint: 'Each line holds resourceSpans, resourceLogs or resourceMetrics. Lines before it were imported.',
    },
    EXIT.failed,
  );
}

function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Returns how many items were rejected; waits and tries again while the receiver is overloaded. */
async function send(url: string, body: string, line: number): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    if (answer.ok) {
      const { partialSuccess } = (await answer.json()) as { partialSuccess?: Record<string, string | number> };
      return Object.entries(partialSuccess ?? {}).reduce(
        (sum, [key, value]) => sum + (key.startsWith('rejected') ? Number(value) : 0),
        0,
      );
    }
    const overloaded = answer.status === 429 || answer.status === 503;
    if (!overloaded || attempt === mostTries) {
      throw new CommandFailure({
        kind: 'import-refused',
        message: `Line ${line} was refused with ${answer.status}: ${(await answer.text()).slice(0, 300)}`,
      });
    }
    await delay(Number(answer.headers.get('retry-after') ?? 1) * 1000);
  }
}
