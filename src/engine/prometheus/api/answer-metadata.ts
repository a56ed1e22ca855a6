import type { StoreReader } from '../../store/reader';
import { type ApiAnswer, answerData } from './api-answer';

interface MetadataRow {
  name: string;
  type: string;
  help: string;
  unit: string;
}

/** Type, help and unit by metric family; where they changed, the newest first. */
export async function answerMetadata({ database }: StoreReader, parameters: URLSearchParams): Promise<ApiAnswer> {
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
  );
  const families: Record<string, Omit<MetadataRow, 'name'>[]> = {};
  for (const { name, type, unit, help } of rows) {
    if (!Object.hasOwn(families, name)) {
      if (limit >= 0 && Object.keys(families).length >= limit) break;
      families[name] = [];
    }
    const known = families[name]!;
    if (perMetric <= 0 || known.length < perMetric) known.push({ type, unit, help });
  }
  return answerData(families);
}
