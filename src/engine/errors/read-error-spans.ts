import { Pace } from '../pace/pace';
import type { StoreReader } from '../store/reader/reader';
import { describeException, describeStatus } from './describe-telling';
import { type ErrorRow, type ErrorRows, HANDLED, IS_REQUEST, SPAN, STATUS_ALONE, UNHANDLED } from './error-rows';
import { ExceptionAttributes } from './exception-texts';
import type { GroupTable } from './group-table';
import { type SeqRange, within } from './seq-range';

/** Events whose texts are read together. */
const EVENTS_AT_ONCE = 4000;
/** One row, in units of `Pace.isDueAfter`. */
const ROW = 500;
const ERROR = 2;
const SERVER = 2;
const CONSUMER = 5;
/** What a failure is called where no exception was recorded, the first that is there. */
const TYPE_KEYS = ['error.type', 'http.response.status_code', 'http.status_code', 'rpc.grpc.status_code'];

interface Events {
  readonly owners: BigUint64Array;
  readonly times: BigUint64Array;
  readonly lists: readonly (readonly number[])[];
}

/** Adds the errors that spans of the range tell; answers the rows that are new. */
export async function readErrorSpans(
  reader: StoreReader,
  range: SeqRange,
  rows: ErrorRows,
  groups: GroupTable,
  isLeftOut: (resource: number) => boolean,
  signal: AbortSignal,
): Promise<number[]> {
  const { database } = reader;
  const isException = `${within('span_seq', range)} AND name IN (SELECT id FROM strings WHERE value = 'exception')`;
  const [events, spans] = await Promise.all([
    database.columns(
      `SELECT span_seq, time_ns, attributes FROM span_events WHERE ${isException} ORDER BY span_seq`,
      [],
      {
        signal,
      },
    ),
    database.columns(
      `SELECT seq, trace_hi, trace_lo, span_id, parent_id, start_ns, start_ns + duration_ns, kind, status, resource, name, status_message, attributes
       FROM spans WHERE ${within('seq', range)} AND (status = ${ERROR} OR (events > 0 AND seq IN (SELECT span_seq FROM span_events WHERE ${isException})))
       ORDER BY seq`,
      [],
      { signal },
    ),
  ]);
  if (spans.rowCount === 0) return [];
  const [seq, traceHi, traceLo, spanId, parentId, start, end] = spans.columns as BigUint64Array[];
  const [kind, status] = spans.columns.slice(7) as [Uint8Array, Uint8Array];
  const [resource, name, message] = spans.columns.slice(9) as [Uint32Array, Uint32Array, Uint32Array];
  const attributes = spans.columns[12] as readonly (readonly number[])[];
  const [owners, times, lists] = events.columns as unknown as [Events['owners'], Events['times'], Events['lists']];
  const told = new ToldExceptions(reader, groups, { owners, times, lists }, signal);
  const types = await readTypes(reader, signal);
  const strings = await reader.dictionary.strings(new Set([...name, ...message]));
  const pace = new Pace(signal);
  const added: number[] = [];
  for (let row = 0; row < spans.rowCount; row++) {
    if (pace.isDueAfter(ROW)) await pace.turn();
    if (isLeftOut(resource[row]!)) continue;
    const failed = status[row] === ERROR;
    const common = {
      source: SPAN,
      seq: seq![row]!,
      traceHi: traceHi![row]!,
      traceLo: traceLo![row]!,
      spanId: spanId![row]!,
      parentId: parentId![row]!,
      startNs: start![row]!,
      endNs: end![row]!,
      resource: resource[row]!,
    } as const;
    const isRequest = kind[row] === SERVER || kind[row] === CONSUMER || parentId![row] === 0n ? IS_REQUEST : 0;
    const exceptions = await told.of(seq![row]!);
    for (const { timeNs, escaped, ...described } of exceptions) {
      const handling = escaped ? UNHANDLED : failed ? 0 : HANDLED;
      added.push(rows.add({ ...common, ...described, timeNs, flags: isRequest | handling }));
    }
    if (exceptions.length > 0 || !failed) continue;
    const type = types.find((ids) => attributes[row]!.some((id) => ids.has(id)));
    const typeText = type?.get(attributes[row]!.find((id) => type.has(id))!) ?? '';
    const described = describeStatus(groups, strings.get(name[row]!) ?? '', typeText, strings.get(message[row]!) ?? '');
    added.push(rows.add({ ...common, ...described, timeNs: end![row]!, flags: isRequest | STATUS_ALONE }));
  }
  return added;
}

/** By key, in the order in which they count. */
async function readTypes(reader: StoreReader, signal: AbortSignal): Promise<ReadonlyMap<number, string>[]> {
  const { columns, rowCount } = await reader.database.columns(
    `SELECT id, key, substr(text, 1, 200) FROM attributes WHERE key IN (${TYPE_KEYS.map((key) => `'${key}'`).join(', ')})`,
    [],
    { signal },
  );
  const [ids, keys, texts] = columns as [Uint32Array, string[], string[]];
  const types = TYPE_KEYS.map(() => new Map<number, string>());
  for (let row = 0; row < rowCount; row++) types[TYPE_KEYS.indexOf(keys[row]!)]!.set(ids[row]!, texts[row]!);
  return types;
}

type ToldException = Pick<ErrorRow, 'group' | 'typeHash' | 'messageHash' | 'tailHash' | 'timeNs'> & {
  readonly escaped: boolean;
};

/** The exceptions of spans that are asked for in the order of their rows; texts are read for some thousand events at a time. */
class ToldExceptions {
  private at = 0;
  private readTo = 0;
  private texts: ExceptionAttributes | undefined;
  private known = new Map<string, Omit<ToldException, 'timeNs'>>();

  constructor(
    private readonly reader: StoreReader,
    private readonly groups: GroupTable,
    private readonly events: Events,
    private readonly signal: AbortSignal,
  ) {}

  async of(seq: bigint): Promise<readonly ToldException[]> {
    const { owners, times, lists } = this.events;
    while (this.at < owners.length && owners[this.at]! < seq) this.at++;
    const found: ToldException[] = [];
    for (; this.at < owners.length && owners[this.at] === seq; this.at++) {
      if (this.at >= this.readTo) await this.readTexts();
      const list = lists[this.at]!;
      const key = list.join();
      let described = this.known.get(key);
      if (!described) {
        const { escaped, ...texts } = this.texts!.of(list) ?? { type: '', message: '', stack: '', escaped: false };
        described = { ...describeException(this.groups, texts), escaped };
        this.known.set(key, described);
      }
      found.push({ ...described, timeNs: times[this.at]! });
    }
    return found;
  }

  private async readTexts(): Promise<void> {
    this.readTo = Math.min(this.events.owners.length, this.at + EVENTS_AT_ONCE);
    const wanted: number[] = [];
    for (let at = this.at; at < this.readTo; at++)
      if (!this.known.has(this.events.lists[at]!.join())) wanted.push(...this.events.lists[at]!);
    this.texts = await ExceptionAttributes.read(this.reader, wanted, this.signal);
  }
}
