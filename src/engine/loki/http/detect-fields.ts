import type { Context } from 'hono';
import { Pace } from '../../pace/pace';
import { type LogEntry, runLogQuery } from '../lines/run-log-query';
import { parseBytes } from '../logql/parse-bytes';
import { parseDuration } from '../logql/parse-duration';
import { parseSelection } from '../logql/parse-logql';
import { compileJson, readJsonPaths } from '../pipeline/json-stage';
import { LogLabels } from '../pipeline/log-labels';
import { compileLogfmt } from '../pipeline/logfmt-stage';
import { parseFloatStrictly } from '../pipeline/parse-float';
import type { LokiContext } from '../selection/loki-context';
import { readBounds, readLimit, readParameters } from './query-parameters';

const parseJson = compileJson([]);
const parseLogfmt = compileLogfmt({ strict: false, keepEmpty: false });
const maxFields = 1000;

interface Field {
  type: string;
  readonly values: Set<string>;
  readonly parsers: Set<string>;
  /** The keys that lead to it in a line of JSON. */
  jsonPath?: readonly string[];
}

/** `detected_fields`: structured metadata and what `json` or `logfmt` finds in the newest lines. */
export async function listDetectedFields(context: Context, loki: LokiContext): Promise<Response> {
  const { fields, limit } = await detect(context, loki);
  const written = [...fields].slice(0, limit).map(([label, { type, values, parsers, jsonPath }]) => ({
    label,
    type,
    cardinality: values.size,
    parsers: parsers.size > 0 ? [...parsers] : null,
    ...(jsonPath && { jsonPath }),
  }));
  return context.json({ fields: written, limit });
}

/** `detected_field/{name}/values`. */
export async function listDetectedValues(context: Context, loki: LokiContext): Promise<Response> {
  const { fields, limit } = await detect(context, loki);
  const values = fields.get(context.req.param('name') ?? '')?.values ?? [];
  return context.json({ values: [...values].slice(0, limit), limit });
}

async function detect(context: Context, loki: LokiContext): Promise<{ fields: Map<string, Field>; limit: number }> {
  const parameters = await readParameters(context);
  const { startNs, endNs } = readBounds(parameters, loki.nowNs());
  const selection = parseSelection(parameters.get('query') ?? '');
  const lineLimit = new URLSearchParams({ limit: parameters.get('line_limit') ?? '' });
  const { entries } = await runLogQuery(
    loki.reader,
    loki.catalog,
    { selection, startNs, endNs, limit: readLimit(lineLimit), direction: 'backward' },
    context.req.raw.signal,
  );
  const fields = new Map<string, Field>();
  const pace = new Pace(context.req.raw.signal);
  for (const entry of entries) {
    addFields(fields, entry);
    if (pace.isDue()) await pace.turn();
  }
  const limit = readLimit(
    new URLSearchParams({ limit: parameters.get('limit') ?? parameters.get('field_limit') ?? '' }),
    maxFields,
  );
  return { fields, limit };
}

function addFields(fields: Map<string, Field>, { labels, line }: LogEntry): void {
  for (const [name, value] of labels.metadata) addField(fields, name, value);
  const parsed = new LogLabels(labels.stream);
  parseJson(line, parsed, 0n);
  const parser = parsed.error === '' ? 'json' : 'logfmt';
  if (parser === 'logfmt') {
    parsed.parsed.clear();
    parseLogfmt(line, parsed, 0n);
  }
  for (const [name, value] of labels.parsed) addField(fields, name, value, parser);
  for (const [name, value] of parsed.parsed) addField(fields, name, value, parser);
  if (parser !== 'json') return;
  for (const [name, jsonPath] of readJsonPaths(line)) {
    const field = fields.get(name);
    if (field?.parsers.has('json')) field.jsonPath = jsonPath;
  }
}

function addField(fields: Map<string, Field>, name: string, value: string, parser?: string): void {
  const field = fields.get(name) ?? { type: '', values: new Set<string>(), parsers: new Set<string>() };
  field.type = typeOf(value);
  field.values.add(value);
  if (parser) field.parsers.add(parser);
  fields.set(name, field);
}

function typeOf(value: string): string {
  if (/^[+-]?\d{1,19}$/.test(value)) return 'int';
  if (parseFloatStrictly(value) !== undefined) return 'float';
  if (/^(true|false|True|False|TRUE|FALSE|[tTfF])$/.test(value)) return 'boolean';
  if (parseDuration(value, true) !== undefined) return 'duration';
  return parseBytes(value) === undefined ? 'string' : 'bytes';
}
