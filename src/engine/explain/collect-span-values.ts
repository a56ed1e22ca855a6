import type { ExplainedValue } from '../../shared/contract/explain';
import type { TypedValue, ValueKind } from '../../shared/explain/explained-rows';
import { RowCollector } from '../../shared/explain/row-collector';
import { Pace } from '../pace/pace';
import type { StoredAttribute, StoreReader } from '../store/reader/reader';
import { statusNames } from '../tempo/traceql/static-value';
import { HiddenKeys } from './hidden-keys';
import { readEventIds } from './read-event-ids';
import type { SampledSpans } from './sample-spans';

/** Values of fewer rows could not be told from chance. */
export const LEAST_ROWS = 3;
/** Different values that are looked at, those that most rows have. */
const MOST_VALUES = 20_000;
/** Texts that nobody wants to read, and that repeat what others say. */
const untold = new Set(['exception.stacktrace', 'exception.escaped', 'service.name']);
/** Its attributes say more. */
const untoldEvent = 'exception';
/** One step, in units of `Pace.isDueAfter`. */
const STEP = 5;
const LOOK_UP = 100;

export interface CollectedSpans {
  readonly collector: RowCollector;
  readonly hidden: HiddenKeys;
}

/** The values of spans: attributes of their own, of their resources and events, and how they ended. */
export async function collectSpanValues(
  reader: StoreReader,
  spans: SampledSpans,
  signal: AbortSignal,
): Promise<CollectedSpans> {
  const pace = new Pace(signal);
  const collector = new RowCollector(spans.count);
  const hidden = new HiddenKeys(reader);
  const events = await readEventIds(reader, spans, signal);
  const attributes = await frequentIds(spans.attributes, pace);
  const ofEvents = await frequentIds(events.attributes, pace);
  const known = await reader.dictionary.attributes([...attributes.frequent, ...ofEvents.frequent]);
  const numbersOf = async (ids: readonly number[], place: ExplainedValue['place']) => {
    const numbers = new Map<number, number>();
    for (const id of ids) {
      const attribute = known.get(id);
      if (attribute && !untold.has(attribute.key)) {
        numbers.set(id, collector.numberOf(typedValue(attribute, place)));
        hidden.addFrequent(place, attribute.key);
      }
      if (pace.isDueAfter(LOOK_UP)) await pace.turn();
    }
    return numbers;
  };
  const ofSpan = await numbersOf(attributes.frequent, 'span');
  const ofEvent = await numbersOf(ofEvents.frequent, 'event');
  await hidden.addRare('span', attributes.rare);
  await hidden.addRare('event', ofEvents.rare);
  const names = await reader.dictionary.strings(new Set(events.names));
  const messages = await reader.dictionary.strings(new Set(spans.statusMessage));
  const resources = new ResourceValues(reader, collector);
  const statuses = statusNames.map((name) => collector.numberOf(intrinsic('status', name)));
  const lo = halves(spans.traceLo);
  for (let row = 0; row < spans.count; row++) {
    collector.addRow(spans.chosen[row] === 1, spans.operation[row]!, lo[2 * row]!);
    for (const id of spans.attributes[row]!) {
      const number = ofSpan.get(id);
      if (number !== undefined) collector.put(row, number);
    }
    for (const number of resources.of(spans.resource[row]!)) collector.put(row, number);
    collector.put(row, statuses[spans.status[row]!] ?? statuses[0]!);
    const message = messages.get(spans.statusMessage[row]!);
    if (message) collector.put(row, collector.numberOf(intrinsic('statusMessage', message)));
    for (let at = events.firstOf(row); at < events.count && events.rows[at] === row; at++) {
      const name = names.get(events.names[at]!);
      if (name && name !== untoldEvent) collector.put(row, collector.numberOf(intrinsic('event:name', name)));
      for (const id of events.attributes[at]!) {
        const number = ofEvent.get(id);
        if (number !== undefined) collector.put(row, number);
      }
    }
    if (pace.isDueAfter(STEP * 40)) await pace.turn();
  }
  return { collector, hidden };
}

function intrinsic(key: string, value: string): TypedValue {
  return { place: 'intrinsic', key, value, kind: 'text' };
}

const kinds: Partial<Record<StoredAttribute['kind'], ValueKind>> = {
  1: 'text',
  2: 'boolean',
  3: 'number',
  4: 'number',
};

function typedValue({ key, kind, text }: StoredAttribute, place: ExplainedValue['place']): TypedValue {
  return { place, key, value: text, kind: kinds[kind] ?? 'other' };
}

/** The lower half stands first. */
function halves(values: BigUint64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
}

class ResourceValues {
  private readonly known = new Map<number, readonly number[]>();

  constructor(
    private readonly reader: StoreReader,
    private readonly collector: RowCollector,
  ) {}

  of(id: number): readonly number[] {
    const known = this.known.get(id);
    if (known) return known;
    const attributes = this.reader.dictionary.resources().get(id)?.attributes ?? [];
    const numbers = attributes
      .filter(({ key }) => !untold.has(key))
      .map((attribute) => this.collector.numberOf(typedValue(attribute, 'resource')));
    this.known.set(id, numbers);
    return numbers;
  }
}

/** Ids that enough rows have, the most frequent ones, and the others; both ascending. */
async function frequentIds(
  lists: readonly (readonly number[])[],
  pace: Pace,
): Promise<{ frequent: number[]; rare: number[] }> {
  const counts = new Map<number, number>();
  for (const ids of lists) {
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    if (pace.isDueAfter(STEP * (ids.length + 1))) await pace.turn();
  }
  const enough = [...counts].filter(([, count]) => count >= LEAST_ROWS).sort(([a, m], [b, n]) => n - m || a - b);
  const frequent = new Set(enough.slice(0, MOST_VALUES).map(([id]) => id));
  const rare = [...counts.keys()].filter((id) => !frequent.has(id)).sort((a, b) => a - b);
  return { frequent: [...frequent].sort((a, b) => a - b), rare };
}
