import type { CountedRequest, CountedShape } from '../../../shared/run-summary/run-summarizer';
import type { Pace } from '../../pace/pace';
import { orderBy } from './group-traces';
import { IdTable } from './id-table';
import type { Label } from './label-table';
import type { SpanLinks } from './link-spans';
import { RowTally } from './row-tally';
import type { SpanRows } from './span-rows';

export interface LinkedRows extends Pick<SpanLinks, 'parents' | 'roots'> {
  readonly rows: SpanRows;
  /** Of each row: its number among the labels. */
  readonly labelOf: Uint32Array;
  readonly labels: readonly Label[];
  /** 1 for a repeat of a call that had failed, as far as that was looked for. */
  readonly retries: Uint8Array;
  /** 1 for rows that are counted elsewhere. */
  readonly elsewhere: Uint8Array;
}

interface Counted {
  readonly requests: CountedRequest[];
  readonly shapes: CountedShape[];
}

/** Counts spans by shape, and roots by what they ask for. */
export async function countRows(linked: LinkedRows, pace: Pace): Promise<Counted> {
  const { rows, parents, roots, labelOf, labels, elsewhere } = linked;
  const failedRoots = new Uint8Array(rows.count);
  const places = new IdTable(3);
  const shapeOf = new Uint32Array(rows.count);
  const requestOf = new Uint32Array(rows.count);
  const isCounted = (row: number) => roots[row]! >= 0 && elsewhere[row] === 0;
  // Number 0 is of what is not counted.
  places.add(0, 0, 0);
  for (let row = 0; row < rows.count; row++) {
    if (!isCounted(row)) continue;
    const root = roots[row]!;
    const parent = parents[row]!;
    if (rows.status[row] === 2) failedRoots[root] = 1;
    shapeOf[row] = places.add(labelOf[root]! + 1, parent < 0 ? 0 : labelOf[parent]! + 1, labelOf[row]!);
    if (root === row) requestOf[row] = labelOf[row]! + 1;
    if (pace.isDueAfter(8)) await pace.turn();
  }
  const tally = new RowTally(rows);
  const ofShapes = await orderBy(shapeOf, places.count, pace);
  const shapes: CountedShape[] = [];
  for (let shape = 1; shape < places.count; shape++) {
    const list = listOf(ofShapes, shape);
    const [root, parent, label] = [places.word(shape, 0), places.word(shape, 1), places.word(shape, 2)];
    const { service, kind, name, query } = labels[label]!;
    shapes.push({
      ...{ request: requestName(labels[root - 1]!), parent: parent === 0 ? '' : shapeName(labels[parent - 1]!) },
      ...{ service, kind, name, query, count: list.length, errors: countOf(list, rows.status, 2) },
      ...{
        retries: countOf(list, linked.retries, 1),
        durations: tally.durations(list),
        examples: tally.examples(list),
      },
    });
    if (pace.isDueAfter(20 * list.length)) await pace.turn();
  }
  const ofRequests = await orderBy(requestOf, labels.length + 1, pace);
  const requests: CountedRequest[] = [];
  for (let label = 0; label < labels.length; label++) {
    const list = listOf(ofRequests, label + 1);
    if (list.length === 0) continue;
    const errors = countOf(list, failedRoots, 1);
    requests.push({
      ...{ request: requestName(labels[label]!), count: list.length, errors, durations: tally.durations(list) },
    });
    if (pace.isDueAfter(20 * list.length)) await pace.turn();
  }
  return { requests, shapes };
}

function listOf({ first, order }: { first: Uint32Array; order: Uint32Array }, number: number): Uint32Array {
  return order.subarray(first[number], first[number + 1]);
}

function countOf(list: Uint32Array, numbers: Uint8Array, wanted: number): number {
  let count = 0;
  for (const row of list) if (numbers[row] === wanted) count++;
  return count;
}

/** As `requestOf` of the pure room. */
function requestName({ service, name }: Label): string {
  return `${service} ${name}`;
}

/** As `labelOf` of the pure room. */
function shapeName({ service, kind, name }: Label): string {
  return `${service} ${kind} ${name}`;
}
