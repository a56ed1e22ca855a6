import { Pace } from '../../pace/pace';
import type { Columns, StoredAttribute, StoreReader } from '../../store/reader/reader';
import type { LoadedEvent, LoadedLink, LoadedSpan } from './loaded-trace';
import { seqCondition } from './seq-condition';
import type { TraceId } from './trace-id';

export interface LoadOptions {
  signal?: AbortSignal;
  /** Which parts are needed besides the span's own columns. */
  attributes: boolean;
  events: boolean;
}

/** Where they are not what the span stands at. */
interface SentTimes {
  readonly startNs: bigint;
  readonly endNs: bigint;
}

export interface SpanOfTrace {
  readonly trace: TraceId;
  readonly span: LoadedSpan;
}

const always = [
  ...['trace_hi', 'trace_lo', 'seq', 'span_id', 'parent_id', 'start_ns', 'duration_ns'],
  ...['name', 'kind', 'status', 'status_message', 'resource', 'scope', 'times'],
] as const;
/** Of no use to a search: each column is decompressed for whole vectors around the wanted rows. */
const withEvents = [
  ...['trace_state', 'flags', 'events', 'links', 'dropped_attributes', 'dropped_events', 'dropped_links'],
] as const;

/** The rows of `spans` that satisfy an SQL condition, with what they hold resolved. */
export async function loadSpans(reader: StoreReader, condition: string, options: LoadOptions): Promise<SpanOfTrace[]> {
  const names = [...always, ...(options.events ? withEvents : []), ...(options.attributes ? ['attributes'] : [])];
  const rows = await reader.database.columns(`SELECT ${names.join(', ')} FROM spans WHERE ${condition}`, [], {
    signal: options.signal,
  });
  return new SpanLoader(reader, rows, names, options).spans();
}

/** One row's ids, in units of `Pace.isDueAfter`; each attribute costs a tenth. */
const IDS = 50;

class SpanLoader {
  private readonly pace: Pace;

  constructor(
    private readonly reader: StoreReader,
    private readonly rows: Columns,
    private readonly names: readonly string[],
    private readonly options: LoadOptions,
  ) {
    this.pace = new Pace(options.signal);
  }

  async spans(): Promise<SpanOfTrace[]> {
    const column = (name: string): unknown => this.rows.columns[this.names.indexOf(name)];
    // A column that was not read holds nothing.
    const zeros = new Uint8Array(this.rows.rowCount);
    const numbers = (name: string) => (column(name) ?? zeros) as ArrayLike<number>;
    const bigs = (name: string) => column(name) as ArrayLike<bigint>;
    const lists = column('attributes') as readonly (readonly number[])[] | undefined;
    const [hi, lo, seq, spanId, parentId] = ['trace_hi', 'trace_lo', 'seq', 'span_id', 'parent_id'].map(bigs);
    const [start, duration] = ['start_ns', 'duration_ns'].map(bigs);
    const [name, kind, status, message, resource, scope, times] = always.slice(7, 14).map(numbers);
    const [state, flags, events, links, droppedA, droppedE, droppedL] = withEvents.map(numbers);

    const stringIds = new Set<number>();
    const attributeIds = new Set<number>();
    const { pace } = this;
    for (let i = 0; i < this.rows.rowCount; i++) {
      stringIds.add(name![i]!).add(message![i]!).add(state![i]!);
      const ids = lists?.[i] ?? [];
      for (const id of ids) attributeIds.add(id);
      if (pace.isDueAfter(IDS + 5 * ids.length)) await pace.turn();
    }
    const [strings, attributes, eventsBySeq, linksBySeq, sentBySeq] = await Promise.all([
      this.reader.dictionary.strings(stringIds),
      this.reader.dictionary.attributes(attributeIds),
      this.events(seq!, events!),
      this.links(seq!, links!),
      this.sentTimes(seq!, times!),
    ]);
    const resources = this.reader.dictionary.resources();
    const scopes = this.reader.dictionary.scopes();

    const spans: SpanOfTrace[] = [];
    for (let i = 0; i < this.rows.rowCount; i++) {
      if (pace.isDue()) await pace.turn();
      const sent = sentBySeq.get(seq![i]!) ?? { startNs: start![i]!, endNs: start![i]! + duration![i]! };
      const span: LoadedSpan = {
        seq: seq![i]!,
        spanId: spanId![i]!,
        parentId: parentId![i]!,
        startNs: start![i]!,
        durationNs: Number(duration![i]!),
        times: times![i]!,
        sentStartNs: sent.startNs,
        sentEndNs: sent.endNs,
        name: strings.get(name![i]!) ?? '',
        kind: kind![i]!,
        status: status![i]!,
        statusMessage: strings.get(message![i]!) ?? '',
        traceState: strings.get(state![i]!) ?? '',
        flags: flags![i]!,
        resource: resources.get(resource![i]!),
        scope: scopes.get(scope![i]!),
        attributes: resolve(lists?.[i], attributes),
        events: eventsBySeq.get(seq![i]!) ?? [],
        links: linksBySeq.get(seq![i]!) ?? [],
        dropped: { attributes: droppedA![i]!, events: droppedE![i]!, links: droppedL![i]! },
      };
      spans.push({ trace: { hi: hi![i]!, lo: lo![i]! }, span });
    }
    return spans;
  }

  private async events(seqs: ArrayLike<bigint>, counts: ArrayLike<number>): Promise<Map<bigint, LoadedEvent[]>> {
    const grouped = new Map<bigint, LoadedEvent[]>();
    const owners = this.owners(seqs, counts);
    if (owners.length === 0) return grouped;
    const rows = await this.reader.database.columns(
      `SELECT span_seq, time_ns, name, attributes, dropped FROM span_events WHERE ${seqCondition('span_seq', owners)}`,
      [],
      { signal: this.options.signal },
    );
    const [owner, time] = rows.columns as [BigUint64Array, BigUint64Array];
    const [name, lists, dropped] = rows.columns.slice(2) as [Uint32Array, number[][], Uint32Array];
    const strings = await this.reader.dictionary.strings(new Set(name));
    const attributes = await this.reader.dictionary.attributes(await this.distinct(lists));
    for (let i = 0; i < rows.rowCount; i++) {
      if (this.pace.isDue()) await this.pace.turn();
      append(grouped, owner[i]!, {
        timeNs: time[i]!,
        name: strings.get(name[i]!) ?? '',
        attributes: resolve(lists[i], attributes),
        dropped: dropped[i]!,
      });
    }
    return grouped;
  }

  private async links(seqs: ArrayLike<bigint>, counts: ArrayLike<number>): Promise<Map<bigint, LoadedLink[]>> {
    const grouped = new Map<bigint, LoadedLink[]>();
    const owners = this.owners(seqs, counts);
    if (owners.length === 0) return grouped;
    const rows = await this.reader.database.columns(
      `SELECT span_seq, trace_hi, trace_lo, span_id, trace_state, flags, attributes, dropped
       FROM span_links WHERE ${seqCondition('span_seq', owners)}`,
      [],
      { signal: this.options.signal },
    );
    const [owner, hi, lo, spanId] = rows.columns as [BigUint64Array, BigUint64Array, BigUint64Array, BigUint64Array];
    const [state, flags, lists, dropped] = rows.columns.slice(4) as [Uint32Array, Uint32Array, number[][], Uint32Array];
    const strings = await this.reader.dictionary.strings(new Set(state));
    const attributes = await this.reader.dictionary.attributes(await this.distinct(lists));
    for (let i = 0; i < rows.rowCount; i++) {
      if (this.pace.isDue()) await this.pace.turn();
      append(grouped, owner[i]!, {
        hi: hi[i]!,
        lo: lo[i]!,
        spanId: spanId[i]!,
        traceState: strings.get(state[i]!) ?? '',
        flags: flags[i]!,
        attributes: resolve(lists[i], attributes),
        dropped: dropped[i]!,
      });
    }
    return grouped;
  }

  private async sentTimes(seqs: ArrayLike<bigint>, times: ArrayLike<number>): Promise<Map<bigint, SentTimes>> {
    const owners = marked(seqs, times);
    if (owners.length === 0) return new Map();
    const { columns } = await this.reader.database.columns(
      `SELECT span_seq, start_ns, end_ns FROM span_sent_times WHERE ${seqCondition('span_seq', owners)}`,
      [],
      { signal: this.options.signal },
    );
    const [owner, start, end] = columns as [BigUint64Array, BigUint64Array, BigUint64Array];
    const sent = new Map<bigint, SentTimes>();
    for (let i = 0; i < owner.length; i++) {
      sent.set(owner[i]!, { startNs: start[i]!, endNs: end[i]! });
      if (this.pace.isDueAfter(IDS)) await this.pace.turn();
    }
    return sent;
  }

  private async distinct(lists: readonly (readonly number[])[]): Promise<Set<number>> {
    const ids = new Set<number>();
    for (const list of lists) {
      for (const id of list) ids.add(id);
      if (this.pace.isDueAfter(IDS + 5 * list.length)) await this.pace.turn();
    }
    return ids;
  }

  private owners(seqs: ArrayLike<bigint>, counts: ArrayLike<number>): bigint[] {
    return this.options.events ? marked(seqs, counts) : [];
  }
}

/** The rows whose number is not 0. */
function marked(seqs: ArrayLike<bigint>, numbers: ArrayLike<number>): bigint[] {
  const found: bigint[] = [];
  for (let i = 0; i < seqs.length; i++) if (numbers[i]! > 0) found.push(seqs[i]!);
  return found;
}

function resolve(
  ids: readonly number[] | undefined,
  attributes: ReadonlyMap<number, StoredAttribute>,
): StoredAttribute[] {
  return (ids ?? []).flatMap((id) => attributes.get(id) ?? []);
}

function append<Key, Value>(groups: Map<Key, Value[]>, key: Key, value: Value): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
