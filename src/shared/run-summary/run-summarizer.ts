import { compareTexts } from '../compare-texts';
import { FindingCollector } from '../findings/finding-collector';
import { lookAtTrace } from '../findings/look-at-trace';
import type { CutPart, MetricFact, RunTelemetry } from '../runs/run-summary';
import { BoundedTable } from '../shapes/bounded-table';
import type { LineFacts, TraceFacts } from '../shapes/span-facts';
import { labelOf, requestOf, type TraceView, viewTrace } from '../shapes/trace-view';
import { type CountedDurations, DurationTally } from './duration-tally';
import { mergeTemplates } from './merge-templates';
import { TemplateTally } from './template-tally';
import { type ShapeExample, TraceExamples } from './trace-examples';

type SpanShape = RunTelemetry['shapes'][number];
type RequestShape = RunTelemetry['requests'][number];
type Metric = ReturnType<typeof MetricFact.parse>;

/** A shape that was counted elsewhere; names as `viewTrace`, `requestOf` and `labelOf` give them. */
export type CountedShape = Omit<SpanShape, 'durations' | 'examples'> & {
  readonly durations: CountedDurations;
  readonly examples: readonly ShapeExample[];
};
/** A request that was counted elsewhere. */
export type CountedRequest = Omit<RequestShape, 'durations'> & { readonly durations: CountedDurations };

export interface SummaryLimits {
  readonly requests: number;
  readonly shapes: number;
  readonly templates: number;
}

const usual: SummaryLimits = { requests: 500, shapes: 2000, templates: 1000 };
const errorLevels = new Set(['error', 'critical', 'fatal']);

interface ShapeTally {
  readonly key: Pick<SpanShape, 'request' | 'parent' | 'service' | 'kind' | 'name'>;
  count: number;
  errors: number;
  retries: number;
  query: boolean;
  readonly durations: DurationTally;
  readonly examples: TraceExamples;
}

/**
 * What a run's telemetry comes to, in memory that does not grow with it: whole traces and log lines one at a time, in whatever
 * order, and what was counted elsewhere, for instance by SQL. The same things give the same summary.
 */
export class RunSummarizer {
  readonly #limits: SummaryLimits;
  readonly #outside: ReadonlySet<string>;
  readonly #findings = new FindingCollector();
  readonly #requests: BoundedTable<{ request: string; count: number; errors: number; durations: DurationTally }>;
  readonly #shapes: BoundedTable<ShapeTally>;
  readonly #templates: TemplateTally;
  readonly #services = new Map<string, RunTelemetry['services'][number]>();
  readonly #metrics: Metric[] = [];
  readonly #leftOut: string[] = [];
  readonly #cut = new Set<CutPart>();
  #traces = 0;
  #lostRequests = 0;
  #lostSpans = 0;

  /** `outside`: ids of spans that are no part of the run, such as its own; what is below them begins a request. */
  constructor(options: { outside?: ReadonlySet<string>; limits?: Partial<SummaryLimits> } = {}) {
    this.#outside = options.outside ?? new Set();
    this.#limits = { ...usual, ...options.limits };
    this.#requests = new BoundedTable(this.#limits.requests, (lost) => {
      this.#lostRequests += lost?.count ?? 1;
    });
    this.#shapes = new BoundedTable(this.#limits.shapes, (lost) => {
      this.#lostSpans += lost?.count ?? 1;
    });
    this.#templates = new TemplateTally(this.#limits.templates);
  }

  /** A whole trace; `lines` of it, as far as they are known, are looked at for findings, and counted by `addLine` alone. */
  addTrace(trace: TraceFacts, lines: readonly LineFacts[] = []): void {
    const view = viewTrace(trace, this.#outside);
    if (view.layout.nodes.length === 0) return;
    this.#traces++;
    this.#findings.add(lookAtTrace(view, lines));
    this.#addRequests(view);
    for (let position = 0; position < view.layout.nodes.length; position++) this.#addSpan(view, position);
  }

  /** Only what is to be found in it: of traces whose spans are counted elsewhere. */
  addFindings(view: TraceView, lines: readonly LineFacts[] = []): void {
    this.#findings.add(lookAtTrace(view, lines));
  }

  addLine(line: LineFacts): void {
    this.addLines(line, 1);
  }

  /** So many lines of one service, level and template, of which this is one. */
  addLines(line: LineFacts, count: number): void {
    const service = this.#service(line.service);
    service.logs += count;
    if (errorLevels.has(line.level)) service.errorLogs += count;
    this.#templates.add(line, count);
  }

  addCounted(counted: {
    readonly traces: number;
    readonly requests: readonly CountedRequest[];
    readonly shapes: readonly CountedShape[];
  }): void {
    this.#traces += counted.traces;
    for (const { request, count, errors, durations } of counted.requests) {
      const row = this.#request(request);
      if (row) {
        row.count += count;
        row.errors += errors;
        row.durations.addCounted(durations);
      } else this.#lostRequests += count - 1;
    }
    for (const shape of counted.shapes) {
      const service = this.#service(shape.service);
      service.spans += shape.count;
      service.errorSpans += shape.errors;
      const row = this.#shape(shape);
      if (!row) {
        this.#lostSpans += shape.count - 1;
        continue;
      }
      row.count += shape.count;
      row.errors += shape.errors;
      row.retries += shape.retries;
      row.query ||= shape.query;
      row.durations.addCounted(shape.durations);
      for (const example of shape.examples) row.examples.add(example);
    }
  }

  addMetric(metric: Metric): void {
    this.#metrics.push(metric);
    this.#service(metric.service).metrics++;
  }

  /** One sentence on what could not be asked for, and what is not whole without it. */
  addLeftOut(sentence: string, ...parts: readonly CutPart[]): void {
    this.#leftOut.push(sentence);
    for (const part of parts) this.#cut.add(part);
  }

  finish(): RunTelemetry {
    const requests = this.#requests
      .entries()
      .map(([, { durations, ...row }]) => ({ ...row, durations: durations.finish() }));
    const shapes = this.#shapes.entries().map(
      ([, { key, count, errors, retries, query, durations, examples }]): SpanShape => ({
        ...key,
        ...{ count, errors, retries, query },
        durations: durations.finish(),
        examples: examples.finish(),
      }),
    );
    const templates = mergeTemplates(this.#templates.rows());
    const services = [...this.#services.values()].sort((a, b) => compareTexts(a.name, b.name));
    const { findings, leftOut } = this.#findings.finish({
      ...{ requests, templates, requestCount: requests.reduce((sum, { count }) => sum + count, 0) },
    });
    const lost = [
      [this.#lostRequests, 'request', this.#limits.requests, 'kinds of requests', 'requests'],
      [this.#lostSpans, 'span', this.#limits.shapes, 'shapes', 'shapes'],
      [this.#templates.lost, 'log line', this.#limits.templates, 'templates', 'templates'],
    ] as const;
    for (const [number, , , , part] of lost) if (number > 0) this.#cut.add(part);
    if (leftOut.length > 0) this.#cut.add('findings');
    return {
      traces: this.#traces,
      spans: services.reduce((sum, { spans }) => sum + spans, 0),
      errorSpans: services.reduce((sum, { errorSpans }) => sum + errorSpans, 0),
      services,
      requests,
      shapes,
      templates,
      metrics: this.#metrics.toSorted((a, b) => compareTexts(a.service, b.service) || compareTexts(a.name, b.name)),
      findings,
      leftOut: [
        ...lost.flatMap(([number, what, most, kinds]) =>
          number === 0
            ? []
            : [
                `${number} ${what}${number === 1 ? '' : 's'} beyond ${most} ${kinds} ${number === 1 ? 'is' : 'are'} not listed`,
              ],
        ),
        ...leftOut,
        ...this.#leftOut.toSorted(compareTexts),
      ],
      ...(this.#cut.size > 0 && { cut: [...this.#cut].sort(compareTexts) }),
    };
  }

  #addRequests(view: TraceView): void {
    const failed = new Set(view.readings.flatMap((reading, at) => (reading.failed ? [view.roots[at]!] : [])));
    for (const [position, { parent, span }] of view.layout.nodes.entries()) {
      if (parent !== -1) continue;
      const row = this.#request(requestOf(view, position));
      if (!row) continue;
      row.count++;
      if (failed.has(position)) row.errors++;
      if (span.timing === undefined) row.durations.add(span);
    }
  }

  #addSpan(view: TraceView, position: number): void {
    const { span, parent } = view.layout.nodes[position]!;
    const { name, query, failed } = view.readings[position]!;
    const service = this.#service(span.service);
    service.spans++;
    if (failed) service.errorSpans++;
    const row = this.#shape({
      request: requestOf(view, position),
      parent: parent === -1 ? '' : labelOf(view, parent),
      service: span.service,
      kind: span.kind,
      name,
    });
    if (!row) return;
    row.count++;
    if (failed) row.errors++;
    if (view.retries.has(position)) row.retries++;
    row.query ||= query;
    if (span.timing === undefined) row.durations.add(span);
    row.examples.add({ traceId: view.traceId, startNs: span.startNs, durationNs: span.durationNs, failed });
  }

  #request(request: string) {
    return this.#requests.at(request, () => ({ request, count: 0, errors: 0, durations: new DurationTally() }));
  }

  #shape({ request, parent, service, kind, name }: ShapeTally['key']): ShapeTally | undefined {
    return this.#shapes.at([request, parent, service, kind, name].join('\u0000'), () => ({
      key: { request, parent, service, kind, name },
      ...{ count: 0, errors: 0, retries: 0, query: false },
      durations: new DurationTally(),
      examples: new TraceExamples(),
    }));
  }

  #service(name: string): RunTelemetry['services'][number] {
    const known = this.#services.get(name);
    if (known) return known;
    const made = { name, spans: 0, errorSpans: 0, logs: 0, errorLogs: 0, metrics: 0 };
    this.#services.set(name, made);
    return made;
  }
}
