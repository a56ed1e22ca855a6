import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import type { Grouping, RangeAggregation, Unwrap } from '../logql/ast';
import { parseBytes } from '../logql/parse-bytes';
import { parseDuration } from '../logql/parse-duration';
import { QueryError } from '../logql/query-error';
import { compileLabelFilter } from '../pipeline/compile-label-filter';
import { compilePipeline } from '../pipeline/compile-pipeline';
import type { LogLabels } from '../pipeline/log-labels';
import { parseFloatStrictly } from '../pipeline/parse-float';
import { BatchSize } from '../records/batch-size';
import { labelsKey } from '../records/log-stream';
import { labelsOf, readRecords, recordColumns } from '../records/read-records';
import { readRows } from '../records/read-rows';
import type { SelectionPlan } from '../selection/plan-selection';
import { ubigint } from '../selection/sql-parameters';
import { groupLabels } from './metric-series';
import { requiredLabels } from './required-labels';
import { MAX_SERIES, tooManySeries } from './too-many-series';

// A line may be a MiB long, which is known only once some were read.
const firstBatch = 256;
const largestBatch = 20_000;
const maxSamples = 5_000_000;

/** Samples of one label set, in the order of arrival; times in nanoseconds since the collection's start. */
export interface SampleSeries {
  readonly labels: ReadonlyMap<string, string>;
  readonly times: number[];
  readonly values: number[];
}

/** Runs a range aggregation's pipeline over its lines (`startNs` excluded, `endNs` included) and takes a sample of each. */
export async function collectSamples(
  reader: StoreReader,
  plan: SelectionPlan,
  aggregation: RangeAggregation,
  bounds: { readonly startNs: bigint; readonly endNs: bigint; readonly allowsErrors: boolean },
  grouping: Grouping | undefined,
  signal: AbortSignal | undefined,
): Promise<SampleSeries[]> {
  const run = compilePipeline(plan.stages, requiredOf(aggregation, grouping));
  const extract = createExtractor(aggregation);
  const series = new Map<string, SampleSeries>();
  let samples = 0;
  const pace = new Pace(signal);
  const batch = new BatchSize(firstBatch, largestBatch);
  for (let seq = -1n; ; ) {
    const { rows, limit } = await readRows(
      reader.database,
      `SELECT ${recordColumns} FROM logs WHERE time_ns > ${ubigint(bounds.startNs)} AND time_ns <= ${ubigint(bounds.endNs)}
       AND seq >= ${ubigint(seq + 1n)} AND ${plan.where} ORDER BY seq`,
      plan.parameters,
      batch.rows,
      signal ? { signal } : {},
    );
    let bytes = 0;
    for (const record of await readRecords(rows, reader.dictionary, pace)) {
      if (pace.isDue()) await pace.turn();
      bytes += record.line.length;
      seq = record.seq;
      const labels = labelsOf(record);
      const line = run(record.line, labels, record.timeNs);
      const value = line === null ? undefined : extract(line, labels);
      if (value === undefined) continue;
      if (labels.error !== '' && !bounds.allowsErrors) throw pipelineError(labels.error, labels.all());
      const key = keyOf(labels, grouping);
      let target = series.get(key);
      if (!target) {
        target = { labels: groupLabels(labels.all(), grouping), times: [], values: [] };
        series.set(key, target);
        if (series.size > MAX_SERIES) throw tooManySeries();
      }
      target.times.push(Number(record.timeNs - bounds.startNs));
      target.values.push(value);
      if (++samples > maxSamples) {
        throw new QueryError(
          `the query reads more than ${maxSamples} samples through a parser: shorten the range or filter more lines`,
        );
      }
    }
    if (rows.rowCount < limit) return [...series.values()];
    batch.learn(rows.rowCount, bytes);
  }
}

// Loki's parsers stop at the last label that the query reads, if it names them: that the rest of the line is broken stays unseen.
function requiredOf({ selection, unwrap }: RangeAggregation, grouping: Grouping | undefined): string[] {
  if (!grouping || grouping.without) return [];
  const names = [...requiredLabels(selection.stages), ...grouping.labels, ...(unwrap ? [unwrap.label] : [])];
  // A line's own `x` is `x_extracted` beside one of the stream, and either may be meant.
  return [...new Set(names.flatMap((name) => [name, name.replace(/_extracted$/, '')]))];
}

// For a `by`, which is the usual case, the values in its order are key enough.
function keyOf(labels: LogLabels, grouping: Grouping | undefined): string {
  if (!grouping || grouping.without) return labelsKey(groupLabels(labels.all(), grouping));
  return JSON.stringify(grouping.labels.map((name) => readLabel(labels, name)));
}

function readLabel(labels: LogLabels, name: string): string {
  if (name === '__error__') return labels.error;
  return (name === '__error_details__' ? labels.errorDetails : labels.get(name)) ?? '';
}

function createExtractor({
  unwrap,
  function: name,
}: RangeAggregation): (line: string, labels: LogLabels) => number | undefined {
  if (unwrap) return createUnwrap(unwrap);
  return name.startsWith('bytes') ? (line) => Buffer.byteLength(line) : () => 1;
}

const conversions = {
  number: parseFloatStrictly,
  bytes: parseBytes,
  duration: (text: string) => {
    const nanos = parseDuration(text, true);
    return nanos === undefined ? undefined : nanos / 1e9;
  },
};

function createUnwrap(unwrap: Unwrap): (line: string, labels: LogLabels) => number | undefined {
  const convert = conversions[unwrap.conversion];
  const filters = unwrap.filters.map(compileLabelFilter);
  return (_, labels) => {
    const text = labels.get(unwrap.label);
    if (text === undefined || text === '') return undefined;
    const value = convert(text);
    if (value === undefined) labels.fail('SampleExtractionErr', `cannot convert "${text}" to a ${unwrap.conversion}`);
    return filters.every((passes) => passes(labels)) ? (value ?? 0) : undefined;
  };
}

function pipelineError(error: string, labels: ReadonlyMap<string, string>): QueryError {
  const shown = [...labels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return new QueryError(
    `pipeline error: '${error}' for series: '{${shown.join(', ')}}'.\nUse a label filter to intentionally skip this error. (e.g | __error__!="${error}").\nTo skip all potential errors you can match empty errors.(e.g __error__="")\nThe label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="" )\n`,
  );
}
