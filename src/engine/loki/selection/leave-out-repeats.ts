import type { SqlValue, StoreReader } from '../../store/reader/reader';
import { RepeatedRows } from './repeated-rows';
import type { TimeRange } from './time-ranges';

/** Above this many, a list of constants is slower than a parameter. */
const fewRepeats = 500;

/** The condition of a statement over `logs` without the lines of the range that were sent before. */
export async function leaveOutRepeats<Condition extends { where: string; parameters: readonly SqlValue[] }>(
  condition: Condition,
  reader: StoreReader,
  range: TimeRange,
  signal?: AbortSignal,
): Promise<Condition> {
  const repeats = await RepeatedRows.of(reader).within(range, signal);
  if (repeats.length === 0) return condition;
  const parameters = repeats.length > fewRepeats ? [...condition.parameters, repeats] : condition.parameters;
  const list = repeats.length > fewRepeats ? `SELECT unnest($${parameters.length})` : repeats.join(', ');
  return { ...condition, where: `${condition.where} AND logs.seq NOT IN (${list})`, parameters };
}
