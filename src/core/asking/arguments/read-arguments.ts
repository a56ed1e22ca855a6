import type { z } from 'zod';
import type { Refusal } from '../answer/told';
import { describeSchema } from './describe-schema';
import { nearestName } from './nearest-name';

/** Words that other tools have for what ours call otherwise. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  since: ['from', 'start', 'starttime', 'lookback', 'window', 'timerange', 'range', 'last'],
  budget: ['limit', 'maxtokens', 'max', 'size', 'pagesize', 'top'],
  cursor: ['page', 'offset', 'continuation', 'after', 'next'],
  by: ['groupby', 'group', 'facets', 'breakdown', 'dimensions'],
  where: ['filter', 'filters', 'attributes', 'tags', 'labels'],
  query: ['q', 'traceql', 'logql', 'promql', 'expression', 'expr', 'filterquery'],
  id: ['traceid', 'trace'],
  with: ['compare', 'other', 'against', 'compareto', 'baseline'],
  error: ['haserror', 'onlyerrors', 'errors', 'status', 'level', 'severity'],
  min: ['minduration', 'duration', 'slowerthan'],
  text: ['contains', 'search', 'message', 'body', 'pattern'],
  signal: ['kind', 'type', 'datasource', 'language'],
  service: ['servicename', 'app', 'application', 'job'],
  name: ['operation', 'spanname', 'metric', 'metricname'],
};

/**
 * The arguments as a schema has them. Text that reads as what is wanted (`"5"`, `"true"`, JSON) is taken as that. One that is not known, or
 * is of another kind, is refused with the nearest that is right.
 */
export function readArguments(
  tool: { name: string; schema: z.ZodObject },
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> | Refusal {
  const { properties } = describeSchema(tool.schema) as unknown as { properties: Record<string, { type?: string }> };
  const names = Object.keys(properties);
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) return unknownArgument(tool.name, name, names);
  }
  const read = Object.fromEntries(
    Object.entries(given)
      // Many models write what they leave out.
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => [name, readValue(value, properties[name]!.type)]),
  );
  const parsed = tool.schema.safeParse(read);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = String(issue!.path[0] ?? '');
  const value = JSON.stringify(read[at]) ?? '';
  const shown = value.length > 60 ? `${value.slice(0, 59)}…` : value;
  return {
    refused:
      read[at] === undefined
        ? `${tool.name} needs the argument ${at}.`
        : `${tool.name}: ${at}=${shown} cannot be: ${issue!.message}.`,
    hint: `It takes ${names.join(', ')}.`,
  };
}

function unknownArgument(tool: string, name: string, names: readonly string[]): Refusal {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  const meant = names.find((known) => otherWords[known]?.includes(plain)) ?? nearestName(name, names);
  return {
    refused: `${tool} has no argument ${JSON.stringify(name.slice(0, 60))}${meant ? `: did you mean ${meant}?` : '.'}`,
    hint: `It takes ${names.join(', ')}.`,
  };
}

function readValue(value: unknown, type: string | undefined): unknown {
  if (typeof value === 'number' && type === 'string') return String(value);
  if (Array.isArray(value) && type === 'string') return value.join(',');
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (type === 'integer' && /^\d+$/.test(text)) return Number(text);
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (type === 'object') return readObject(text);
  return value;
}

/** JSON, or `key=value,key=value`. */
function readObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const pairs = text.split(',').map((pair) => /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair));
    return pairs.every((pair) => pair !== null) ? Object.fromEntries(pairs.map((pair) => [pair[1], pair[2]])) : text;
  }
}
