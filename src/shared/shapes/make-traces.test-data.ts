import type { Attribute, Span } from '../contract/telemetry';

/** A span as a test writes it down, with what is below it. Times are milliseconds. */
export interface Work {
  readonly service: string;
  readonly kind: Span['kind'];
  readonly name: string;
  /** After the start of the parent; left out: 0.1 ms after the end of the one before. */
  readonly at?: number;
  /** Left out: what the work below takes, and a millisecond. */
  readonly ms?: number;
  readonly error?: string;
  readonly exception?: { readonly type: string; readonly message: string };
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly links?: number;
  readonly timing?: Span['timing'];
  readonly below?: readonly Work[];
}

type Extra = Omit<Work, 'service' | 'kind' | 'name'>;

export const server = (service: string, name: string, extra: Extra = {}): Work => {
  const [method = '', path = ''] = name.split(' ');
  const attributes = { 'http.request.method': method, 'url.path': path, ...extra.attributes };
  return { ...extra, service, kind: 'server', name, attributes };
};

export const internal = (service: string, name: string, extra: Extra = {}): Work => ({
  ...extra,
  ...{ service, kind: 'internal', name },
});

export const query = (service: string, statement: string, extra: Extra = {}): Work => ({
  ms: 2,
  ...extra,
  ...{ service, kind: 'client', name: statement.split(' ')[0]! },
  attributes: { 'db.system.name': 'sqlite', 'db.query.text': statement, ...extra.attributes },
});

export const call = (service: string, asked: string, extra: Extra = {}): Work => {
  const [method = '', url = ''] = asked.split(' ');
  return {
    ms: 5,
    ...extra,
    ...{ service, kind: 'client', name: method },
    attributes: { 'http.request.method': method, 'url.full': url, ...extra.attributes },
  };
};

export const times = <Made>(count: number, make: (index: number) => Made): Made[] =>
  Array.from({ length: count }, (_, index) => make(index));

export interface MadeTrace {
  readonly traceId: string;
  readonly spans: Span[];
}

/** What differs from run to run: ids, times, the order in which spans come. */
export interface Surroundings {
  /** Unix milliseconds. */
  readonly startMs?: number;
  /** From 0 up to 1, uniformly. */
  readonly random?: () => number;
  /** A duration in milliseconds as it was meant, and as it turned out. */
  readonly jitter?: (ms: number) => number;
}

/** One trace of some work, with fresh random ids. */
export function makeWork(roots: Work | readonly Work[], surroundings: Surroundings = {}): MadeTrace {
  const { startMs = 1_790_000_000_000, random = Math.random, jitter = (ms: number) => ms } = surroundings;
  const hex = (length: number) => times(length, () => Math.floor(random() * 16).toString(16)).join('');
  const spans: Span[] = [];
  /** Returns when it ended. */
  const place = (work: Work, parentSpanId: string, startsAt: number): number => {
    const spanId = hex(16);
    let end = startsAt + 0.1;
    const placed = spans.push({} as Span) - 1;
    let last = end;
    for (const child of work.below ?? []) {
      last = place(child, spanId, child.at === undefined ? last + 0.1 : startsAt + jitter(child.at));
      end = Math.max(end, last);
    }
    const lasts = work.ms === undefined ? end - startsAt + jitter(1) : jitter(work.ms);
    const startNs = BigInt(startMs) * 1_000_000n + BigInt(Math.round(startsAt * 1e6));
    spans[placed] = {
      ...{ spanId, parentSpanId, name: work.name, service: work.service, kind: work.kind },
      status: { code: work.error === undefined ? 'unset' : 'error', message: work.error ?? '' },
      startNs: String(startNs),
      durationNs: Math.round(lasts * 1e6),
      ...(work.timing ? { timing: work.timing } : {}),
      attributes: Object.entries(work.attributes ?? {}).map(([key, value]): Attribute => ({ key, value })),
      resource: 0,
      scope: { name: 'test', version: '' },
      events: work.exception
        ? [
            {
              timeNs: String(startNs),
              name: 'exception',
              attributes: Object.entries(work.exception).map(([key, value]) => ({ key: `exception.${key}`, value })),
            },
          ]
        : [],
      links: times(work.links ?? 0, () => ({ traceId: hex(32), spanId: hex(16), attributes: [] })),
    };
    return startsAt + lasts;
  };
  const list = Array.isArray(roots) ? (roots as readonly Work[]) : [roots as Work];
  let last = 0;
  for (const root of list) last = place(root, '', root.at ?? last);
  return { traceId: hex(32), spans };
}
