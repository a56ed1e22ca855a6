import { readSpan, type SpanReading } from '../../../shared/shapes/read-span';
import type { LineFacts } from '../../../shared/shapes/span-facts';
import { type TraceView, viewLayout } from '../../../shared/shapes/trace-view';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import type { AttributeRoles } from '../counting/attribute-roles';
import { rowsOf, type TraceGroups } from '../counting/group-traces';
import type { SpanLinks } from '../counting/link-spans';
import { type SpanRows, traceIdOf } from '../counting/span-rows';
import { layOutRows } from './lay-out-rows';
import { readRowValues } from './read-row-values';
import { RowSpan } from './row-span';

export interface RowsToLookAt {
  readonly rows: SpanRows;
  readonly groups: TraceGroups;
  readonly links: Pick<SpanLinks, 'parents' | 'roots'>;
  /** Numbers of traces without anything odd. */
  readonly traces: readonly number[];
  readonly roles: AttributeRoles;
  /** Ids of spans that are no part of what is looked at; rows whose parent is another that is stored elsewhere. */
  readonly outside: ReadonlySet<string>;
  readonly belowOthers: ReadonlySet<number>;
  readonly linesOf: (traceId: string) => readonly LineFacts[];
}

/** A look of all rules at one row, in units of `Pace.isDueAfter`. */
const ROW = 700;

/** Shows each trace to `look`, in turns. Answers which rows repeat a call that had failed, 1 each. */
export async function lookAtRows(
  reader: StoreReader,
  { rows, groups, links, traces, roles, outside, belowOthers, linesOf }: RowsToLookAt,
  look: (view: TraceView, lines: readonly LineFacts[]) => void,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const looked = new Uint8Array(rows.count);
  for (const trace of traces) for (const row of rowsOf(groups, trace)) looked[row] = 1;
  const values = await readRowValues(reader, rows, { looked, roles }, signal);
  const retries = new Uint8Array(rows.count);
  const readings: SpanReading[] = [];
  const read = (span: RowSpan) => {
    const number = values.readingOf[span.row]!;
    const known = readings[number];
    if (known) return known;
    const made = readSpan(span);
    readings[number] = made;
    return made;
  };
  const pace = new Pace(signal);
  for (const trace of traces) {
    const list = Array.from(rowsOf(groups, trace)).filter((row) => links.roots[row]! >= 0);
    if (list.length === 0) continue;
    if (pace.isDueAfter(ROW * list.length)) await pace.turn();
    const traceId = traceIdOf(rows, list[0]!);
    const spanOf = (row: number) => new RowSpan(rows, row, values);
    const layout = layOutRows({ rows, parents: links.parents, list, spanOf });
    const view = viewLayout(
      traceId,
      layout,
      ({ row, parentSpanId }) => belowOthers.has(row) || outside.has(parentSpanId),
      read,
    );
    look(view, linesOf(traceId));
    for (const position of view.retries) retries[layout.nodes[position]!.span.row] = 1;
  }
  return retries;
}
