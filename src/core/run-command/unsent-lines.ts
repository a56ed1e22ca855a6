import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { UnsentLines } from '../../shared/run-text/describe-run';

/** Where a home keeps what no host took of a run's output: requests of OTLP/JSON, one a line. */
export function unsentFileOf(home: string, runId: string): string {
  return join(home, 'runs', `${runId}.unsent.jsonl`);
}

/** Whether a file is one of those. */
export function isUnsentFile(home: string, file: string): boolean {
  return dirname(resolve(file)) === resolve(home, 'runs') && file.endsWith('.unsent.jsonl');
}

/** What of a run waits to be imported; null where nothing does. */
export async function readUnsentLines(home: string, runId: string): Promise<UnsentLines | null> {
  const file = unsentFileOf(home, runId);
  const text = await readFile(file, 'utf8').catch(() => '');
  const requests = text.split('\n').filter((line) => line !== '');
  const lines = requests.reduce((sum, request) => sum + countRecords(request), 0);
  return lines === 0 ? null : { file, lines };
}

/** As `outputRequest` writes it; 0 of a line that a crash cut. */
function countRecords(request: string): number {
  try {
    const { resourceLogs } = JSON.parse(request) as { resourceLogs: { scopeLogs: { logRecords: unknown[] }[] }[] };
    return resourceLogs
      .flatMap(({ scopeLogs }) => scopeLogs)
      .reduce((sum, { logRecords }) => sum + logRecords.length, 0);
  } catch {
    return 0;
  }
}
