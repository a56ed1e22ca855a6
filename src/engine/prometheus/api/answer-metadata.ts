import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import type { ApiAnswer } from './api-answer';
import { JsonText } from './json-text';

interface MetadataRow {
  name: string;
  type: string;
  help: string;
  unit: string;
}

/** Type, help and unit by metric family; where they changed, the newest first. */
export async function answerMetadata(
  { database }: StoreReader,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<ApiAnswer> {
  const pace = new Pace(signal);
  const limits: number[] = [];
  for (const name of ['limit', 'limit_per_metric']) {
    const text = parameters.get(name) ?? '';
    if (!/^([+-]?\d+)?$/.test(text)) return { errorType: 'bad_data', error: `${name} must be a number` };
    limits.push(text === '' ? Number.POSITIVE_INFINITY : Number(text));
  }
  const [limit, perMetric] = limits as [number, number];
  const metric = parameters.get('metric') ?? '';
  const rows = await database.rows<MetadataRow>(
    `SELECT name, type, unit, help FROM metric_metadata WHERE $1 = '' OR name = $1
     GROUP BY ALL ORDER BY name, max(rowid) DESC`,
    [metric],
    { signal },
  );
  const families = new Map<string, Omit<MetadataRow, 'name'>[]>();
  for (const { name, type, unit, help } of rows) {
    let known = families.get(name);
    if (known === undefined) {
      if (limit >= 0 && families.size >= limit) break;
      known = [];
      families.set(name, known);
    }
    if (perMetric <= 0 || known.length < perMetric) known.push({ type, unit, help });
  }
  const json = new JsonText(pace);
  let separator = '{';
  for (const [name, known] of families) {
    json.write(`${separator}${JSON.stringify(name)}:${JSON.stringify(known)}`);
    separator = ',';
    if (pace.isDue()) await pace.turn();
  }
  json.write(separator === '{' ? '{}' : '}');
  return { json: json.end() };
}
