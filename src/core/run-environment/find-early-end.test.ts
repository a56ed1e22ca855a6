import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunIdentity } from '../../shared/runs/run';
import type { RunTelemetry } from '../../shared/runs/run-summary';
import { findEarlyEnd } from './find-early-end';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wt-early-'));
  writeFileSync(join(folder, 'package.json'), '{"name":"shop"}');
});
afterEach(() => rmSync(folder, { recursive: true }));

const nothing: RunTelemetry = {
  ...{ traces: 0, spans: 0, errorSpans: 0, services: [], requests: [], shapes: [] },
  ...{ templates: [], metrics: [], findings: [], leftOut: [] },
};
const of = (name: string) => ({ name, spans: 0, errorSpans: 0, logs: 3, errorLogs: 0, metrics: 0 });
const find = (command: string[], telemetry: Partial<RunTelemetry> = {}, more: Partial<RunIdentity> = {}) =>
  findEarlyEnd(
    { ...{ id: 'k3f7abcd', name: 'shop', folder, startedAt: 1, endedAt: 2, exitCode: 0 }, command, ...more },
    { ...nothing, ...telemetry },
    { PATH: join(folder, 'bin') },
  );

it('tells that a Node.js program has ended before it exported, and what lets it export', () => {
  expect(find(['node', 'app.js'])).toEqual({
    sentence: expect.stringContaining('app.js was instrumented, and ended before it exported'),
    mend: 'process.exitCode = CODE, in place of process.exit(CODE)',
  });
  expect(find(['/usr/bin/node', 'app.js'], { services: [of('shop')] })).not.toBeNull();
  expect(find(['node', 'app.js'], {}, { signal: 'SIGKILL', exitCode: null })?.sentence).toContain('SIGKILL');
});

it('does not tell so where something was exported, or the program is not known to be instrumented', () => {
  expect(find(['node', 'app.js'], { spans: 1 })).toBeNull();
  expect(find(['node', 'app.js'], { services: [of('shop'), of('payment')] })).toBeNull();
  expect(find(['node', 'app.js'], {}, { endedAt: null })).toBeNull();
  for (const command of [['node', '--version'], ['true'], ['sh', '-c', 'node app.js'], ['go', 'run', '.']])
    expect(find(command)).toBeNull();
  writeFileSync(join(folder, 'package.json'), '{"name":"shop","dependencies":{"dd-trace":"5"}}');
  expect(find(['node', 'app.js'])).toBeNull();
});

it.skipIf(process.platform === 'win32')('tells of Go through otelc that it exports each half second', () => {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/otelc'), '#!/bin/sh\n');
  chmodSync(join(folder, 'bin/otelc'), 0o755);
  expect(find(['go', 'run', '.'])).toBeNull();
  mkdirSync(join(folder, '.otelc-build'));
  expect(find(['go', 'run', '.'])?.sentence).toContain('each half second');
  expect(find(['go', 'vet', '.'])).toBeNull();
});
