import type { ServiceLogLine } from '../../../../shared/contract/backend';

/** `lines` without those of `known`, for two answers of the engine overlap. Lines newer than all that is known stay. */
export function dropKnownLines(
  lines: readonly ServiceLogLine[],
  known: readonly ServiceLogLine[],
): readonly ServiceLogLine[] {
  if (known.length === 0) return lines;
  const newest = Math.max(...known.map(({ at }) => at));
  const seen = new Set(known.map(identity));
  return lines.filter((line) => line.at > newest || !seen.has(identity(line)));
}

function identity({ at, stream, text }: ServiceLogLine): string {
  return `${at} ${stream} ${text}`;
}
