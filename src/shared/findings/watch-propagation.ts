import { groupBy } from '../group-by';
import type { Evidence } from '../runs/finding';
import { BoundedTable } from '../shapes/bounded-table';
import { normalizePath } from '../shapes/normalize-url';
import type { TraceView } from '../shapes/trace-view';
import { quoted } from './place-of';
import type { Sighting } from './sighting';

/** One half of a call over HTTP; times are Unix nanoseconds, as near as a number tells them. */
interface Half {
  readonly asked: string;
  readonly port: string;
  readonly service: string;
  readonly start: number;
  readonly end: number;
  readonly evidence: Evidence;
}

const mostHalves = 4000;
const slackNs = 1e6;

/**
 * Two traces of one request: a call below which there is nothing, and in another trace a request that begins with the same
 * method and path, within the time of the call. Of more than 4,000 of either it looks at 4,000.
 */
export class PropagationWatch {
  readonly #calls = new BoundedTable<Half>(mostHalves);
  readonly #begun = new BoundedTable<Half>(mostHalves);

  add(view: TraceView): void {
    for (const [position, { span, children, parent, orphan }] of view.layout.nodes.entries()) {
      const { path, method, health, call } = view.readings[position]!;
      if (path === '' || method === '' || health || span.timing !== undefined) continue;
      const table =
        call === 'http' && children.length === 0
          ? this.#calls
          : span.kind === 'server' && parent === -1 && !orphan
            ? this.#begun
            : undefined;
      table?.at(`${view.traceId} ${span.spanId}`, () => {
        const start = Number(span.startNs);
        const evidence = { traceId: view.traceId, spanIds: [span.spanId], count: 1, startNs: span.startNs };
        return {
          asked: `${method} ${path}`,
          port: String(
            span.attributes.find(({ key }) => key === 'server.port' || key === 'net.peer.port')?.value ?? '',
          ),
          service: span.service,
          ...{ start, end: start + span.durationNs },
          evidence: { ...evidence, durationNs: span.durationNs },
        };
      });
    }
  }

  finish(): Sighting[] {
    const begun = groupBy(values(this.#begun), ({ asked }) => asked);
    const taken = new Set<Half>();
    return values(this.#calls).flatMap((call): Sighting[] => {
      const other = begun.get(call.asked)?.find((each) => !taken.has(each) && isWithin(each, call));
      if (!other) return [];
      taken.add(other);
      const asked = `${call.asked.split(' ', 1)[0]} ${normalizePath(call.asked.slice(call.asked.indexOf(' ') + 1))}`;
      return [
        {
          rule: 'missing-propagation',
          severity: 'problem',
          service: call.service,
          sentence: `${quoted(call.service)} calls ${quoted(other.service)} with ${quoted(asked)}, which begins a trace of its own: the context is lost between them`,
          advice: 'Pass `traceparent` with the call: an instrumented client, or inject and extract it by hand.',
          key: ['two roots', other.service, asked],
          weight: 1,
          evidence: call.evidence,
        },
      ];
    });
  }
}

function isWithin(begun: Half, call: Half): boolean {
  if (begun.evidence.traceId === call.evidence.traceId) return false;
  const ports = begun.port === '' || call.port === '' || begun.port === call.port;
  return ports && begun.start >= call.start - slackNs && begun.end <= call.end + slackNs;
}

function values(table: BoundedTable<Half>): Half[] {
  return table
    .entries()
    .map(([, half]) => half)
    .sort((a, b) => a.start - b.start);
}
