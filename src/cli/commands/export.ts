import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
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
  const { endpoints, backend } = await client.host.snapshot();
  if (backend !== 'embedded') {
    throw new CommandFailure({
      kind: 'not-embedded',
      message: `Export reads the embedded engine; the ${backend} backend runs.`,
      hint: 'Ask its query APIs instead: `watchtower query … --json`.',
    });
  }
  const output = options.file === '-' ? process.stdout : createWriteStream(options.file, { mode: 0o600 });
  const counts: string[] = [];
  for (const signal of options.signals) {
    const url = new URL('/watchtower/export', endpoints.tempo);
    url.searchParams.set('signal', signal);
    if (options.since !== undefined) url.searchParams.set('start', String(Date.now() - options.since));
    counts.push(`${await copyLines(url, output)} requests of ${signal}`);
  }
  if (output !== process.stdout) {
    output.end();
    await finished(output);
  }
  terminal.error(`Exported ${counts.join(', ')}${options.file === '-' ? '' : ` to ${options.file}`}.\n`);
}

async function copyLines(url: URL, output: NodeJS.WritableStream): Promise<number> {
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) {
    throw new CommandFailure(
      { kind: 'export-failed', message: `The engine refused the export: ${(await answer.text()).trim()}` },
      EXIT.failed,
    );
  }
  let lines = 0;
  for await (const chunk of answer.body) {
    for (const byte of chunk) if (byte === 0x0a) lines += 1;
    if (!output.write(chunk)) await once(output, 'drain');
  }
  return lines;
}
