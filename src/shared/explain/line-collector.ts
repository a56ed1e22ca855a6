import { compareTexts } from '../compare-texts';
import type { Explanation } from '../contract/explain';
import type { OperationTally } from './rank-operations';
import { RowCollector } from './row-collector';
import { TemplateTally } from './template-tally';

/** Labels whose values are another for nearly every line have so many. */
const fromValues = 50;
const mostListed = 20;
/** Labels that say nothing of why, or that are told otherwise. */
const untold = new Set([
  ...['observed_timestamp', 'severity_number', 'severity_text', 'flags', 'span_id', 'trace_id'],
  ...['service_name', 'detected_level'],
]);
const failing = new Set(['error', 'critical', 'fatal']);

export interface CollectedLine {
  readonly service: string;
  readonly level: string;
  readonly line: string;
  readonly traceId: string | undefined;
  /** Labels of the stream and the line's own. */
  readonly labels: Iterable<readonly [key: string, value: string]>;
  isOfResource(key: string): boolean;
}

/** Lines of two populations with their labels, services and templates. */
export class LineCollector {
  readonly rows: RowCollector;
  readonly tally = new TemplateTally();
  readonly #services: { service: string; counts: { count: number; errors: number }[] }[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #valuesOf = new Map<string, Set<string>>();

  /** `most`: lines that there may be. */
  constructor(most: number) {
    this.rows = new RowCollector(most);
  }

  add({ service, level, line, traceId, labels, isOfResource }: CollectedLine, chosen: boolean): void {
    let number = this.#numbers.get(service);
    if (number === undefined) {
      const none = () => ({ count: 0, errors: 0 });
      number = this.#services.push({ service, counts: [none(), none()] }) - 1;
      this.#numbers.set(service, number);
    }
    const counts = this.#services[number]!.counts[chosen ? 1 : 0]!;
    counts.count++;
    if (failing.has(level)) counts.errors++;
    const { rows } = this;
    const row = rows.addRow(chosen, number, traceId ?? `line ${rows.count}`);
    rows.put(row, rows.numberOf({ place: 'intrinsic', key: 'level', value: level, kind: 'text' }));
    for (const [key, value] of labels) {
      if (untold.has(key)) continue;
      const known = this.#valuesOf.get(key) ?? new Set();
      this.#valuesOf.set(key, known);
      if (known.size < fromValues) known.add(value);
      rows.put(row, rows.numberOf({ place: isOfResource(key) ? 'resource' : 'log', key, value, kind: 'text' }));
    }
    this.tally.add({ service, level, line }, chosen);
  }

  operations(): OperationTally[] {
    return this.#services.map(({ service, counts: [against, selection] }) => ({
      ...{ service, name: '', kind: '' },
      selection: { ...selection!, durations: [] },
      against: { ...against!, durations: [] },
    }));
  }

  hidden(): Explanation['hidden'] {
    const keys = [...this.#valuesOf].filter(([, values]) => values.size >= fromValues).map(([key]) => key);
    const listed = keys.sort(compareTexts).slice(0, mostListed);
    return { count: keys.length, keys: listed.map((key) => ({ place: 'log', key })) };
  }
}
