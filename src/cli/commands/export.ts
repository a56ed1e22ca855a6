import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT } from '../exit-codes';
import type { Terminal } from '../terminal';
import type { Signal } from './query';

export interface ExportOptions {
  signals: readonly Signal[];
  /** Milliseconds back from now; undefined: everything kept. */
  since?: number;
  /** A file, or `-` for standard output. */
  file: string;
}

/** Writes what is kept as OTLP JSON lines, one export request a line, as the collector's file exporter does. */
export async function exportTelemetry(options: ExportOptions, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const { endpoints, backend, capabilities } = await client.host.snapshot();
  if (!capabilities.storage) {
    throw new CommandFailure({
      kind: 'not-embedded',
      message: `Export reads the embedded engine; the ${backend} backend runs.`,
      hint: 'Ask its query APIs instead: `watchtower query … --json`.',
    });
  }
  const output = options.file === '-' ? process.stdout : await openFile(options.file);
  const counts: string[] = [];
  for (const signal of options.signals) {
    const url = new URL('/watchtower/export', endpoints.tempo);
    url.searchParams.set('signal', signal);
    if (options.since !== undefined) url.searchParams.set('start', String(Math.max(0, Date.now() - options.since)));
    counts.push(`${await copyLines(url, output, options.file)} requests of ${signal}`);
  }
  if (output !== process.stdout) {
    output.end();
    await finished(output);
  }
  terminal.error(`Exported ${counts.join(', ')}${options.file === '-' ? '' : ` to ${options.file}`}.\n`);
}

async function openFile(file: string): Promise<Writable> {
  try {
    return (await open(file, 'w', 0o600)).createWriteStream();
  } catch (error) {
    const { message } = error as Error;
    throw new CommandFailure({ kind: 'no-file', message: `${file} cannot be written: ${message}` }, EXIT.usage);
  }
}

async function copyLines(url: URL, output: Writable, file: string): Promise<number> {
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) {
    throw new CommandFailure(
      { kind: 'export-failed', message: `The engine refused the export: ${(await answer.text()).trim()}` },
      EXIT.failed,
    );
  }
  let lines = 0;
  const body = answer.body as AsyncIterable<Uint8Array>;
  const counted = async function* () {
    for await (const chunk of body) {
      for (const byte of chunk) if (byte === 0x0a) lines += 1;
      yield chunk;
    }
  };
  try {
    await pipeline(counted, output, { end: false });
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    // Whoever reads standard output has what it wanted: `watchtower export | head`.
    if (code === 'EPIPE') process.exit(EXIT.ok);
    throw new CommandFailure({
      kind: 'export-broken',
      message: `The export broke off after ${lines} lines: ${message}`,
      hint: file === '-' ? undefined : `${file} is not complete.`,
    });
  }
  return lines;
}
