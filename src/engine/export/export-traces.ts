import type { StoreReader } from '../store/reader/reader';
import { loadSpans } from '../tempo/store/load-spans';
import { encodeSpan } from '../tempo/traces/encode-trace';
import type { ExportRange } from './export-range';
import { groupByOrigin, loadEnvelopes } from './group-by-origin';
import { seqWindows } from './seq-windows';
import { writeLines } from './write-lines';

/** Spans that start in the range, as lines of ExportTraceServiceRequest in order of arrival. */
export async function* exportTraces(
  reader: StoreReader,
  range: ExportRange,
  signal: AbortSignal,
): AsyncGenerator<string> {
  for await (const condition of seqWindows(reader, { table: 'spans', time: 'start_ns' }, range, signal)) {
    const loaded = await loadSpans(reader, condition, { signal, attributes: true, events: true });
    const items = loaded
      .sort((a, b) => (a.span.seq < b.span.seq ? -1 : 1))
      .map(({ trace, span }) => ({
        resource: span.resource,
        scope: span.scope,
        item: encodeSpan(trace, span, 'otlp'),
      }));
    const envelopes = await loadEnvelopes(reader, items);
    yield* writeLines(items, (some) => ({
      resourceSpans: groupByOrigin(some, envelopes, { scopes: 'scopeSpans', items: 'spans' }),
    }));
  }
}
