import type { Attribute, Span } from '../../../shared/contract/telemetry';
import type { SpanFacts } from '../../../shared/shapes/span-facts';
import { START_UNKNOWN, UNFINISHED } from '../../store/reader/span-times';
import { serviceNameOf } from '../../tempo/store/loaded-trace';
import { SPAN_KINDS } from '../../tempo/store/trace-facts';
import { digitsOf, hexOf, type SpanRows } from '../counting/span-rows';
import type { RowValues } from './read-row-values';

const CODES: readonly Span['status']['code'][] = ['unset', 'ok', 'error'];
const [UNSET, OK] = [0, 1].map((code) => ({ code: CODES[code]!, message: '' })) as [Span['status'], Span['status']];
const NONE: never[] = [];

/** A row as the rules read it. Texts that few of them ask for are made when they are. */
export class RowSpan implements SpanFacts {
  readonly name: string;
  readonly service: string;
  readonly kind: Span['kind'];
  readonly status: Span['status'];
  readonly durationNs: number;
  readonly timing: Span['timing'];
  readonly events: Span['events'];

  constructor(
    private readonly rows: SpanRows,
    readonly row: number,
    private readonly values: RowValues,
  ) {
    this.name = values.strings.get(rows.name[row]!) ?? '';
    this.service = serviceNameOf(values.resources.get(rows.resource[row]!));
    this.kind = SPAN_KINDS[rows.kind[row]!] ?? 'unspecified';
    const message = rows.statusMessage[row]!;
    const code = rows.status[row]!;
    this.status =
      message === 0 && code < 2
        ? code === 1
          ? OK
          : UNSET
        : { code: CODES[code] ?? 'unset', message: values.strings.get(message) ?? '' };
    this.durationNs = rows.durationNs[row]!;
    this.timing = timingOf(rows.times[row]!);
    this.events = rows.events[row] === 0 ? NONE : (values.exceptions.get(rows.seq[row]!) ?? NONE);
  }

  get attributes(): Attribute[] {
    return this.values.attributesOf(this.row);
  }

  get spanId(): string {
    return hexOf(this.rows.spanId, this.row);
  }

  get parentSpanId(): string {
    const { parentId } = this.rows;
    return parentId[2 * this.row] === 0 && parentId[2 * this.row + 1] === 0 ? '' : hexOf(parentId, this.row);
  }

  get startNs(): string {
    return digitsOf(this.rows.startNs, this.row);
  }

  get links(): readonly unknown[] {
    const count = this.rows.links[this.row]!;
    return count === 0 ? NONE : new Array<unknown>(count).fill(null);
  }
}

/** Rules ask whether there is one, and whether it was not ended. */
function timingOf(times: number): Span['timing'] {
  if (times === 0) return undefined;
  return (times & UNFINISHED) !== 0 && (times & START_UNKNOWN) === 0 ? 'unfinished' : 'farOff';
}
