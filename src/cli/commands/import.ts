import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { importRequest } from '../../core/importing/import-request';
import { noOtlpEndpoint } from '../../shared/no-otlp-endpoint';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT } from '../exit-codes';
import { readBoundedLines } from '../read-bounded-lines';
import { jsonLine, type Terminal } from '../terminal';

export interface ImportOptions {
  /** OTLP/HTTP base URL; undefined: the running host. */
  endpoint?: string;
  json?: boolean;
}

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
    const request = await importRequest(endpoint, text, line);
    if ('problem' in request) throw new CommandFailure(request.problem, EXIT.failed);
    sent.rejected += request.rejected;
    sent[request.signal] += 1;
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
