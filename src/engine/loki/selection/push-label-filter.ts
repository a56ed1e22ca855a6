import { levelOfSeverity } from '../../../shared/log-level';
import type { AttributeKind, Database, DictionaryReader } from '../../store/reader/reader';
import type { LabelFilter } from '../logql/ast';
import { compileLabelFilter } from '../pipeline/compile-label-filter';
import { LogLabels } from '../pipeline/log-labels';
import { wholeTraceId } from '../pipeline/whole-trace-id';
import { attributeLabels } from '../records/attribute-labels';
import { levelFields } from '../records/detect-level';
import { labelName } from '../records/label-name';
import type { LogStream } from '../records/log-stream';
import { originalOf } from '../records/put-label';
import type { LogCatalog } from './log-catalog';
import { inIds, type SqlParameters } from './sql-parameters';

/** Above this many ids a list in SQL is slower than looking at the rows. */
const maxIds = 2000;
/** Up to this many, one `list_contains` each is quicker than `list_has_any`. */
const fewIds = 6;
const severities = Array.from({ length: 25 }, (_, severity) => severity);
const recordFields = new Set(['observed_timestamp', 'dropped_attributes_count', 'flags', 'event_name']);

export interface PushContext {
  readonly database: Database;
  readonly dictionary: DictionaryReader;
  readonly catalog: LogCatalog;
  readonly parameters: SqlParameters;
  /** The selected streams by resource id. */
  readonly streams: ReadonlyMap<number, LogStream>;
  /** Labels that some scope gives to its lines. */
  readonly scopeLabels: ReadonlySet<string>;
}

/** `sql` lets pass every row the filter lets pass; `exact` when it lets pass no other. */
export interface PushedFilter {
  readonly sql: string;
  readonly exact: boolean;
}

/** A label filter that stands before any parser, as SQL; undefined where SQL cannot narrow it. */
export async function pushLabelFilter(filter: LabelFilter, context: PushContext): Promise<PushedFilter | undefined> {
  if (!isCombined(filter)) return pushLeaf(filter, context);
  const operands = operandsOf(filter);
  const pushed: PushedFilter[] = [];
  for (const operand of operands) {
    const one = await pushLabelFilter(operand, context);
    if (one) pushed.push(one);
    else if (filter.kind === 'or') return undefined;
  }
  if (pushed.length === 0) return undefined;
  // Side by side: DuckDB bounds how deep conditions nest.
  return {
    sql: `(${pushed.map(({ sql }) => sql).join(` ${filter.kind.toUpperCase()} `)})`,
    exact: pushed.length === operands.length && pushed.every(({ exact }) => exact),
  };
}

/** All filters that a chain of one kind joins, in the order of the text. */
function operandsOf(filter: Combined): LabelFilter[] {
  const operands: LabelFilter[] = [];
  const ahead: LabelFilter[] = [filter];
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    if (isCombined(next) && next.kind === filter.kind) ahead.push(next.right, next.left);
    else operands.push(next);
  }
  return operands;
}

type Combined = Extract<LabelFilter, { left: LabelFilter }>;
type Leaf = Exclude<LabelFilter, Combined>;

function isCombined(filter: LabelFilter): filter is Combined {
  return filter.kind === 'and' || filter.kind === 'or';
}

async function pushLeaf(filter: Leaf, context: PushContext): Promise<PushedFilter | undefined> {
  const name = filter.kind === 'matcher' ? filter.matcher.name : filter.name;
  if (mayBeCopy(name, context)) return undefined;
  if (name.startsWith('__error') || name.endsWith('_extracted') || recordFields.has(name)) return undefined;
  const test = compileTest(filter, name);
  const ofStream = splitStreams(name, test, context.streams);
  if (ofStream.rest.length === 0) return { sql: inIds('resource', ofStream.accepted), exact: !test.failed };
  if (context.scopeLabels.has(name)) return undefined;
  const ofRow = await pushRowLabel(filter, name, test, context);
  if (!ofRow) return undefined;
  if (ofStream.accepted.length + ofStream.rejected.length === 0)
    return { ...ofRow, exact: ofRow.exact && !test.failed };
  const sql = `CASE WHEN ${inIds('resource', ofStream.accepted)} THEN TRUE WHEN ${inIds('resource', ofStream.rejected)} THEN FALSE ELSE ${ofRow.sql} END`;
  return { sql, exact: ofRow.exact && !test.failed };
}

// `x_2` may hold what had to give way under `x`.
function mayBeCopy(name: string, { catalog, scopeLabels, streams }: PushContext): boolean {
  const original = originalOf(name);
  if (original === undefined) return false;
  return (
    catalog.keysOf(original).length > 0 ||
    catalog.mayBeNested(original) ||
    scopeLabels.has(original) ||
    [...streams.values()].some(({ metadata }) => metadata.has(original)) ||
    mayBeCopy(original, { catalog, scopeLabels, streams } as PushContext)
  );
}

interface Test {
  (value: string | undefined): boolean;
  /** Whether a value was met that could not be read as a number: such lines pass with `__error__`. */
  failed: boolean;
}

function compileTest(filter: Leaf, name: string): Test {
  const passes = compileLabelFilter(filter);
  const test = (value: string | undefined) => {
    const labels = new LogLabels(new Map(), new Map(value === undefined ? [] : [[name, value]]));
    const passed = passes(labels);
    if (labels.error) test.failed = true;
    return passed;
  };
  test.failed = false;
  return test;
}

function splitStreams(name: string, test: Test, streams: ReadonlyMap<number, LogStream>) {
  const accepted: number[] = [];
  const rejected: number[] = [];
  const rest: number[] = [];
  for (const [id, stream] of streams) {
    const value = stream.labels.get(name) ?? stream.metadata.get(name);
    (value === undefined ? rest : test(value) ? accepted : rejected).push(id);
  }
  return { accepted, rejected, rest };
}

async function pushRowLabel(
  filter: Leaf,
  name: string,
  test: Test,
  context: PushContext,
): Promise<PushedFilter | undefined> {
  const { catalog } = context;
  if (catalog.mayBeNested(name)) return undefined;
  const keys = catalog.keysOf(name);
  if (name === 'detected_level') return pushLevel(test, context);
  const isField = ['trace_id', 'span_id', 'severity_text', 'severity_number'].includes(name);
  if (!isField) return pushAttribute(filter, keys, test, context);
  if (keys.length > 0) return undefined;
  if (name === 'severity_number') {
    return {
      sql: inIds(
        'severity',
        severities.filter((value) => test(value === 0 ? undefined : String(value))),
      ),
      exact: true,
    };
  }
  if (name === 'severity_text') {
    const ids = await severityTexts(test, context);
    return { sql: inIds('severity_text', test(undefined) ? [0, ...ids] : ids), exact: true };
  }
  return pushId(filter, name);
}

function pushId(filter: Leaf, name: string): PushedFilter | undefined {
  if (filter.kind !== 'matcher' || filter.matcher.operator !== '=') return undefined;
  const { value } = filter.matcher;
  if (name === 'span_id')
    return /^[0-9a-f]{16}$/.test(value) ? { sql: `span_id = ${hex(value)}`, exact: true } : undefined;
  const id = wholeTraceId(value);
  if (id === undefined) return undefined;
  return { sql: `(trace_hi = ${hex(id.slice(0, 16))} AND trace_lo = ${hex(id.slice(16))})`, exact: true };
}

function hex(digits: string): string {
  return `${BigInt(`0x${digits}`)}::UBIGINT`;
}

async function severityTexts(test: (text: string) => boolean, { catalog, dictionary }: PushContext): Promise<number[]> {
  const texts = await dictionary.strings(catalog.severityTexts());
  return [...texts].filter(([, text]) => test(text)).map(([id]) => id);
}

async function pushLevel(test: Test, context: PushContext): Promise<PushedFilter | undefined> {
  const fields = ['detected_level', ...levelFields.map(labelName)];
  const elsewhere = (label: string) =>
    context.catalog.keysOf(label).length > 0 ||
    context.catalog.mayBeNested(label) ||
    context.scopeLabels.has(label) ||
    [...context.streams.values()].some((stream) => stream.metadata.has(label));
  if (fields.some(elsewhere)) return undefined;
  const levels = await context.catalog.levels(context.dictionary);
  const accepted = [...levels].filter(([, level]) => test(level)).map(([id]) => id);
  const numbers = severities.filter((severity) => severity > 0 && test(levelOfSeverity(severity)));
  // A line without both has the level that its text tells.
  return {
    sql: `CASE WHEN ${inIds('severity_text', [...levels.keys()])} THEN ${inIds('severity_text', accepted)} WHEN severity <> 0 THEN ${inIds('severity', numbers)} ELSE TRUE END`,
    exact: false,
  };
}

// An empty value is no label, nor is a map: its members are.
function labelOf(key: string, { kind, text }: { kind: AttributeKind; text: string }): string | undefined {
  const labels = new Map(attributeLabels({ key, kind, text, number: null }));
  return labels.get(labelName(key)) || undefined;
}

async function pushAttribute(
  filter: Leaf,
  keys: readonly string[],
  test: Test,
  context: PushContext,
): Promise<PushedFilter | undefined> {
  if (keys.length > 1) return undefined;
  const passesAbsent = test(undefined);
  if (keys.length === 0) return { sql: passesAbsent ? 'TRUE' : 'FALSE', exact: true };
  const isEquality = filter.kind === 'matcher' && (filter.matcher.operator === '=' || filter.matcher.operator === '!=');
  const parameters: string[] = [keys[0]!];
  if (isEquality) parameters.push(filter.matcher.value);
  // The label of an array or a map is not the stored text.
  const values = await context.database.rows<{ id: number; kind: AttributeKind; text: string }>(
    `SELECT id, kind, text FROM attributes WHERE key = $1${isEquality ? ' AND (text = $2 OR kind IN (5, 6))' : ''} LIMIT ${10 * maxIds + 1}`,
    parameters,
  );
  if (values.length > 10 * maxIds) return undefined;
  // `x = ""` passes lines with an empty value and lines without the label: only the other values could decide it.
  if (isEquality && filter.matcher.value === '') return undefined;
  const ids = values.filter((value) => test(labelOf(keys[0]!, value)) !== passesAbsent).map(({ id }) => id);
  if (ids.length > maxIds) return undefined;
  if (ids.length === 0) return { sql: passesAbsent ? 'TRUE' : 'FALSE', exact: true };
  const found =
    ids.length <= fewIds
      ? `(${ids.map((id) => `list_contains(attributes, ${id}::UINTEGER)`).join(' OR ')})`
      : `list_has_any(attributes, [${ids.join(', ')}]::UINTEGER[])`;
  return { sql: passesAbsent ? `NOT ${found}` : found, exact: true };
}
