import type { Exposure } from '../../shared/explain/compare-templates';
import { type ExplainRequest, isOtherWindow } from '../../shared/explain/explain-request';
import { TemplateTally } from '../../shared/explain/template-tally';
import { type LogRecord, readRecords, recordColumns } from '../loki/records/read-records';
import { readRows } from '../loki/records/read-rows';
import { Pace } from '../pace/pace';
import { resourcesOf } from '../runs/counting/run-scope';
import type { SqlValue, StoreReader } from '../store/reader/reader';
import type { SampledSpans } from './sample-spans';

/** Lines that are looked at of either population. */
const MOST_LINES = 5000;
const BATCH = 2500;
const MOST_TRACES = 1000;
/** Lines of a trace may be later than its spans, and earlier by a clock that is off. */
const BESIDE_MS = 600_000;
const PARTS = 1_000_000;

export interface SampledTemplates {
  readonly tally: TemplateTally;
  readonly exposure: Exposure;
  readonly leftOut: readonly string[];
}

/** Of another window its lines; else the lines of the traces that were looked at. Null where neither has lines. */
export async function sampleTemplates(
  reader: StoreReader,
  request: ExplainRequest,
  spans: SampledSpans,
  signal: AbortSignal,
): Promise<SampledTemplates | null> {
  const sampled = isOtherWindow(request)
    ? await ofWindows(reader, request, spans, signal)
    : await ofTraces(reader, request, spans, signal);
  return sampled.tally.lines.selection + sampled.tally.lines.against === 0 ? null : sampled;
}

async function ofTraces(
  reader: StoreReader,
  { selection, against }: ExplainRequest,
  spans: SampledSpans,
  signal: AbortSignal,
): Promise<SampledTemplates> {
  const tally = new TemplateTally();
  const chosen = new Set<bigint>();
  const others = new Set<bigint>();
  for (let row = 0; row < spans.count; row++) if (spans.chosen[row] === 1) chosen.add(spans.traceLo[row]!);
  for (let row = 0; row < spans.count; row++)
    if (spans.chosen[row] === 0 && !chosen.has(spans.traceLo[row]!)) others.add(spans.traceLo[row]!);
  const from = Math.min(selection.window.from, against.window.from) - BESIDE_MS;
  const to = Math.max(selection.window.to, against.window.to) + BESIDE_MS;
  const exposure = { selection: 0, against: 0 };
  for (const [side, ids] of [
    ['selection', chosen],
    ['against', others],
  ] as const) {
    // Ids are random: those that are least are as good as drawn, and the same each time.
    const drawn = [...ids].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).slice(0, MOST_TRACES);
    exposure[side] = drawn.length;
    if (drawn.length === 0) continue;
    const where = `${within(from, to)} AND trace_lo IN (SELECT unnest($1::UBIGINT[]))`;
    const isWhole = await addLines(
      reader,
      { where, parameters: [`[${drawn.join(',')}]`] },
      tally,
      side === 'selection',
      signal,
    );
    if (!isWhole) exposure[side] = Number.NaN;
  }
  const isCut = Number.isNaN(exposure.selection) || Number.isNaN(exposure.against);
  // Where lines were cut, templates are held against all that was read.
  return {
    tally,
    exposure: isCut ? { ...tally.lines } : exposure,
    leftOut:
      chosen.size > MOST_TRACES || others.size > MOST_TRACES || isCut
        ? [`Log lines are those of at most ${MOST_TRACES} traces of either, ${MOST_LINES} lines.`]
        : [],
  };
}

async function ofWindows(
  reader: StoreReader,
  request: ExplainRequest,
  spans: SampledSpans,
  signal: AbortSignal,
): Promise<SampledTemplates> {
  const tally = new TemplateTally();
  const exposure = { selection: 0, against: 0 };
  let isCut = false;
  for (const side of ['selection', 'against'] as const) {
    const { window } = request[side];
    const where = `${within(window.from, window.to)} AND ${ofServices(reader, request, spans, side)}`;
    const [row] = await reader.database.rows<{ lines: number }>(
      `SELECT count(*)::DOUBLE AS lines FROM logs WHERE ${where}`,
      [],
      { signal },
    );
    const part = Math.min(1, MOST_LINES / Math.max(1, row?.lines ?? 0));
    isCut ||= part < 1;
    exposure[side] = (window.to - window.from) * part;
    const drawn = part === 1 ? where : `${where} AND hash(seq) % ${PARTS} < ${Math.ceil(PARTS * part)}`;
    await addLines(reader, { where: drawn, parameters: [] }, tally, side === 'selection', signal);
  }
  const leftOut = isCut ? [`Of more than ${MOST_LINES} log lines of a window, so many were drawn.`] : [];
  return { tally, exposure, leftOut };
}

/** Where spans are chosen by more than their time, lines of their services. */
function ofServices(
  reader: StoreReader,
  request: ExplainRequest,
  spans: SampledSpans,
  side: 'selection' | 'against',
): string {
  const { query = '', errors, slowerThanMs, fasterThanMs, runId } = request[side];
  if (runId !== undefined) return ofResources([...resourcesOf(reader, runId)]);
  const isAll =
    /^\s*(?:\{\s*\}\s*)?$/.test(query) && !errors && slowerThanMs === undefined && fasterThanMs === undefined;
  if (isAll) return 'true';
  const resources = reader.dictionary.resources();
  const services = new Set(Array.from(new Set(spans.resource), (id) => resources.get(id)?.service));
  return ofResources([...resources.values()].flatMap(({ id, service }) => (services.has(service) ? [id] : [])));
}

function ofResources(ids: readonly number[]): string {
  return ids.length === 0 ? 'false' : `resource IN (${ids.join(',')})`;
}

function within(from: number, to: number): string {
  const nanos = (ms: number) => `${BigInt(Math.max(0, Math.round(ms))) * 1_000_000n}::UBIGINT`;
  return `time_ns >= ${nanos(from)} AND time_ns < ${nanos(to)}`;
}

/** Answers whether all lines were read. */
async function addLines(
  reader: StoreReader,
  { where, parameters }: { where: string; parameters: readonly SqlValue[] },
  tally: TemplateTally,
  selected: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const pace = new Pace(signal);
  let after = -1n;
  let read = 0;
  while (read < MOST_LINES) {
    const batch = await readRows(
      reader.database,
      `SELECT ${recordColumns} FROM logs WHERE seq >= ${after + 1n}::UBIGINT AND ${where} ORDER BY seq`,
      parameters,
      Math.min(BATCH, MOST_LINES - read),
      { signal },
    );
    const records = await readRecords(batch.rows, reader.dictionary, pace);
    for (const record of records) {
      tally.add(lineOf(record), selected);
      if (pace.isDue()) await pace.turn();
    }
    read += records.length;
    if (records.length < batch.limit) return true;
    after = records.at(-1)!.seq;
  }
  return false;
}

function lineOf({ line, stream, metadata }: LogRecord): { service: string; level: string; line: string } {
  return {
    service: stream.labels.get('service_name') ?? '',
    level: metadata.get('detected_level') ?? 'unknown',
    line,
  };
}
