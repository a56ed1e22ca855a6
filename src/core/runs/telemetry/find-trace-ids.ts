import type { TimeWindow } from '../../../shared/contract/telemetry';
import type { TempoClient } from '../../telemetry/tempo-client';

interface Wanted {
  readonly query: string;
  readonly window: TimeWindow;
  readonly most: number;
  /** Whether it is time to be content with what was found. */
  readonly isLate?: () => boolean;
}

/** Traces of one search: Tempo answers so many and does not say whether there are more. */
const PAGE = 500;
/** Tempo takes whole seconds. */
const SHORTEST_MS = 2000;

/** The ids of the traces that match, sorted. A search that comes back full is asked again for either half of its time. */
export async function findTraceIds(
  tempo: TempoClient,
  { query, window, most, isLate = () => false }: Wanted,
  signal?: AbortSignal,
): Promise<{ ids: string[]; isCut: boolean }> {
  const found = new Set<string>();
  const waiting = [window];
  let isCut = false;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (found.size >= most || (found.size > 0 && isLate())) {
      isCut = true;
      break;
    }
    const lasts = next.to - next.from;
    const isShort = lasts < 2 * SHORTEST_MS;
    const limit = isShort ? most : PAGE;
    const { traces } = await tempo.search(query, next, limit, signal);
    for (const { traceId } of traces) found.add(traceId);
    if (traces.length < limit) continue;
    if (isShort) isCut = true;
    else waiting.push({ from: next.from + lasts / 2, to: next.to }, { from: next.from, to: next.from + lasts / 2 });
  }
  return { ids: [...found].sort().slice(0, most), isCut: isCut || found.size > most };
}
