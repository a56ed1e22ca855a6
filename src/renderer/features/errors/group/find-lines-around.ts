import type { ErrorOccurrence } from '../../../../shared/contract/errors';
import type { LogRecord } from '../../../../shared/contract/telemetry';
import { everyLogLine } from '../../../../shared/requests/every-log-line';
import { client } from '../../../client/contract-client';

export interface LinesAround {
  /** Lines of its trace nearest to it, then those of its service that are not among them; each by time. */
  ofTrace: LogRecord[];
  ofService: LogRecord[];
}

/** Before it what led there, after it what followed. */
const before = 6;
const after = 3;
const traceReachMs = 5 * 60_000;
export const serviceReachMs = 10_000;

/** The few lines nearest to an occurrence of an error: of its trace, and of its service. */
export async function findLinesAround(occurrence: ErrorOccurrence, signal?: AbortSignal): Promise<LinesAround> {
  const { traceId, service, at } = occurrence;
  const near = async (query: string, reach: number) => {
    const ask = async (from: number, to: number, limit: number, direction: 'forward' | 'backward') =>
      (await client.logs.query({ query, window: { from, to }, limit, direction }, { signal })).records;
    // The line itself is within the millisecond at which the error is.
    const [led, followed] = await Promise.all([
      ask(Math.floor(at - reach), Math.floor(at) + 1, before + 1, 'backward'),
      ask(Math.floor(at) + 1, Math.ceil(at + reach), after, 'forward'),
    ]);
    return [...led.reverse(), ...followed];
  };
  const [ofTrace, ofService] = await Promise.all([
    traceId === '' ? [] : near(`${everyLogLine} | trace_id=${JSON.stringify(traceId)}`, traceReachMs),
    near(`{service_name=${JSON.stringify(service)}}`, serviceReachMs),
  ]);
  const known = new Set(ofTrace.map(keyOf));
  return { ofTrace, ofService: ofService.filter((line) => !known.has(keyOf(line))) };
}

function keyOf({ timeNs, service, line }: LogRecord): string {
  return JSON.stringify([timeNs, service, line]);
}
