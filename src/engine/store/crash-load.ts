import { writeSync } from 'node:fs';
import { openJournalWriter } from '../journal/open-journal-writer';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import { runStore } from './run-store';

/**
 * A process for tests to kill: journals and stores requests of ten spans as fast as it can, and writes the number of each
 * request to stdout once it is acknowledged. Arguments: data folder, number of the first request.
 */
async function main(dataDir: string, first: number): Promise<void> {
  const problem = (id: string) => process.stderr.write(`${id}\n`);
  let advanced = () => {};
  const journal = openJournalWriter(dataDir, () => advanced(), { reserveBytes: 0 });
  const sender = async (start: number) => {
    for (let number = start; ; number += 4) {
      while (journal.pressure()) await new Promise((resolve) => setTimeout(resolve, 20));
      await journal.append('traces', requestOfTen(number));
      report(number);
    }
  };
  for (let i = 0; i < 4; i++) sender(first + i);
  const limits = { maxAgeHours: 72, maxBytes: 2 ** 31 };
  const onStats = () => {};
  const onApplied = journal.applied.bind(journal);
  const store = await runStore(dataDir, limits, { onApplied, onProblem: problem, onSolved: problem, onStats });
  advanced = () => store.journalAdvanced();
  advanced();
}

/** Synchronous, so that a number is out before anything else happens. A full pipe answers EAGAIN. */
function report(number: number): void {
  for (;;) {
    try {
      writeSync(1, `${number}\n`);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

function requestOfTen(number: number): Uint8Array {
  const spans = Array.from({ length: 10 }, (_, i) => ({
    traceId: `${'0'.repeat(16)}${(number + 1).toString(16).padStart(16, '0')}`,
    spanId: (number * 10 + i + 1).toString(16).padStart(16, '0'),
    name: `operation ${number % 7}`,
    startTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
    endTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n + 1000n),
    attributes: [{ key: 'request', value: { intValue: number } }],
    events: [{ name: 'event', timeUnixNano: '1' }],
  }));
  return encodeOtlpJson('traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] });
}

main(process.argv[2]!, Number(process.argv[3]));
