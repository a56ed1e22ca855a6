import type { Trace } from '../../shared/contract/telemetry';

/** Traces that are asked for at a time. */
const AT_ONCE = 8;

/**
 * Reads traces in the order of their ids, until `lastsMs` have passed: what is under way then is given up. Answers the ids that were read.
 * Rejects with the signal's reason, and as `get`.
 */
export async function readInTime(
  ids: readonly string[],
  lastsMs: number,
  get: (id: string, signal: AbortSignal) => Promise<Trace | null>,
  take: (trace: Trace) => void,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), lastsMs);
  const either = AbortSignal.any([late.signal, ...(signal ? [signal] : [])]);
  const read = new Set<string>();
  try {
    for (let at = 0; at < ids.length && !late.signal.aborted; at += AT_ONCE) {
      const readOne = async (id: string) => {
        const trace = await get(id, either);
        if (late.signal.aborted) return;
        if (trace) take(trace);
        read.add(id);
      };
      await Promise.all(ids.slice(at, at + AT_ONCE).map(readOne));
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (!late.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  return read;
}
