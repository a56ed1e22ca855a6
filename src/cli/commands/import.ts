import { createReadStream } from 'node:fs';
import { access, constants, rm, stat } from 'node:fs/promises';
import { importRequest } from '../../core/importing/import-request';
import { splitRequests } from '../../core/importing/split-requests';
import { unpackGzip } from '../../core/importing/unpack-gzip';
import { resolveHome } from '../../core/ownership/resolve-home';
import { isUnsentFile } from '../../core/run-command/unsent-lines';
import { noOtlpEndpoint } from '../../shared/no-otlp-endpoint';
import type { Problem } from '../../shared/problem';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT } from '../exit-codes';
import { jsonLine, type Terminal } from '../terminal';

export interface ImportOptions {
  /** OTLP/HTTP base URL; undefined: the running host. */
  endpoint?: string;
  json?: boolean;
}

/** As the receiver takes it. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Sends the requests of a file of OTLP JSON, on a line each or over several, to OTLP/HTTP; gzip is undone. Stops at the first that is
 * none, and says where.
 */
export async function importTelemetry(file: string, options: ImportOptions, terminal: Terminal): Promise<void> {
  await refuseUnreadable(file);
  const endpoint = options.endpoint ?? (await (await attach()).client.host.snapshot()).endpoints.otlpHttp;
  if (!endpoint) throw new CommandFailure(noOtlpEndpoint);
  const sent = { traces: 0, logs: 0, metrics: 0, rejected: 0 };
  let some = false;
  for await (const { line, text } of requestsOf(file)) {
    some = true;
    if (text === null) throw tooLong(file, line);
    const request = await importRequest(endpoint, text, line);
    if ('problem' in request) throw new CommandFailure(inFile(file, request.problem), EXIT.failed);
    sent.rejected += request.rejected;
    sent[request.signal] += 1;
  }
  if (!some) terminal.error(`${file} holds nothing.\n`);
  // What a run kept for the host is with it now: nobody is told any more that it waits.
  if (options.endpoint === undefined && sent.rejected === 0 && isUnsentFile(resolveHome(), file)) await rm(file);
  terminal.out(
    options.json
      ? jsonLine(sent)
      : `Imported ${sent.traces} requests of traces, ${sent.logs} of logs and ${sent.metrics} of metrics${sent.rejected > 0 ? `; ${sent.rejected} items were rejected` : ''}.\n`,
  );
}

async function* requestsOf(file: string): ReturnType<typeof splitRequests> {
  try {
    yield* splitRequests(unpackGzip(createReadStream(file)), mostBytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code) throw error;
    const problem: Problem = code.startsWith('Z_')
      ? {
          kind: 'import-refused',
          message: `${file} is damaged: its gzip cannot be undone (${message}).`,
          hint: 'What came before the damage was imported. Look whether the file was copied whole.',
        }
      : { kind: 'no-file', message: `${file} cannot be read on: ${message}` };
    throw new CommandFailure(problem, EXIT.failed);
  }
}

function inFile(file: string, problem: Problem): Problem {
  return { ...problem, message: `${file}: ${problem.message}` };
}

async function refuseUnreadable(file: string): Promise<void> {
  const facts = await stat(file).catch(() => null);
  const refuse = (message: string, hint?: string) => {
    throw new CommandFailure({ kind: 'no-file', message, ...(hint && { hint }) }, EXIT.usage);
  };
  if (!facts) refuse(`There is no file ${file} that can be read.`);
  if (facts?.isDirectory()) refuse(`${file} is a folder.`, 'Give one file of OTLP JSON.');
  await access(file, constants.R_OK).catch(() => refuse(`There is no file ${file} that can be read.`));
}

function tooLong(file: string, line: number): CommandFailure {
  return new CommandFailure(
    {
      kind: 'line-too-long',
      message: `${file}: the request that begins in line ${line} is longer than ${mostBytes / 1024 / 1024} MiB, the most that a receiver takes at once.`,
      hint: 'Split it into several requests, one a line. What stands before it was imported.',
    },
    EXIT.failed,
  );
}
