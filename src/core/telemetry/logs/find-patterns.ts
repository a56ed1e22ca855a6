import { compareTexts } from '../../../shared/compare-texts';
import type { LogPattern, LogPatterns } from '../../../shared/contract/log-patterns';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import { judgeCounts } from '../../../shared/explain/compare-templates';
import { readLogLevel } from '../../../shared/log-level';
import type { LokiClient } from '../loki-client';
import { BackendFailure } from '../request/backend-failure';
import { linesWithoutProbes } from '../without-probes';
import { patternsOfLines } from './patterns-of-lines';

/** Where a backend tells no patterns, those of so many lines are found, the newest. */
const mostLines = 5000;

export interface PatternsInput {
  readonly query: string;
  readonly window: TimeWindow;
  /** Whole seconds. */
  readonly step: number;
  readonly against?: TimeWindow | undefined;
}

/** What lines have in common, of the backend's own patterns where it has them, and how that differs from another window. */
export async function findPatterns(loki: LokiClient, input: PatternsInput, signal?: AbortSignal): Promise<LogPatterns> {
  const { query, window, step, against } = input;
  const [own, other] = await Promise.all([
    patternsIn(loki, query, window, step, signal),
    against ? patternsIn(loki, query, against, step, signal) : undefined,
  ]);
  if (!against || !other) return own;
  return {
    ...own,
    patterns: compare(own, window, other, against),
    leftOut: [...new Set([...own.leftOut, ...other.leftOut.map((sentence) => `Of the other window: ${sentence}`)])],
  };
}

async function patternsIn(
  loki: LokiClient,
  query: string,
  window: TimeWindow,
  step: number,
  signal: AbortSignal | undefined,
): Promise<LogPatterns> {
  const told = await ofBackend(loki, query, window, step, signal);
  if (told && told.patterns.length > 0) return told;
  // A Loki has patterns of the last hours alone, of no query with stages, and only where it is told to look for them.
  const read = await loki.query(query, window, mostLines, 'backward', signal);
  const records = linesWithoutProbes(read);
  if (records.length === 0) return { patterns: [], lines: 0, looked: 0, step, leftOut: [] };
  const isCut = read.length === mostLines;
  return {
    patterns: patternsOfLines(records, step),
    lines: isCut ? null : records.length,
    looked: records.length,
    step,
    leftOut: isCut
      ? [
          `The backend tells no patterns of this query: they are those of the newest ${records.length} lines of the window.`,
        ]
      : [],
  };
}

async function ofBackend(
  loki: LokiClient,
  query: string,
  window: TimeWindow,
  step: number,
  signal: AbortSignal | undefined,
): Promise<LogPatterns | null> {
  try {
    const answer = await loki.patterns(query, window, step, signal);
    if (!answer) return null;
    const { data, stats } = answer;
    const patterns = (data ?? []).map(
      ({ pattern, level, service, example, samples }): LogPattern => ({
        pattern: pattern.replaceAll('<_>', '<*>'),
        level: readLogLevel(level ?? '') ?? 'unknown',
        service: service ?? '',
        example: example ?? '',
        count: samples.reduce((sum, [, count]) => sum + count, 0),
        samples,
      }),
    );
    const counted = patterns.reduce((sum, { count }) => sum + count, 0);
    const looked = stats?.looked ?? counted;
    return {
      patterns: patterns.sort((a, b) => b.count - a.count || compareTexts(a.pattern, b.pattern)),
      lines: stats ? (stats.lines ?? null) : null,
      looked,
      step,
      leftOut: [
        ...(stats && stats.patterns > patterns.length
          ? [
              `The ${patterns.length} most frequent of ${stats.patterns} patterns; the others have ${looked - counted} lines together.`,
            ]
          : []),
        ...(stats && stats.lines !== looked ? [`The newest ${looked} lines of the query were looked at.`] : []),
      ],
    };
  } catch (error) {
    // Refused for what it cannot do, or for the query: then the lines of it are refused as well.
    if (error instanceof BackendFailure && error.kind === 'refused') return null;
    throw error;
  }
}

function compare(own: LogPatterns, window: TimeWindow, other: LogPatterns, against: TimeWindow): LogPattern[] {
  const keyOf = ({ service, level, pattern }: LogPattern) => JSON.stringify([service, level, pattern]);
  const others = new Map(other.patterns.map((row) => [keyOf(row), row]));
  const rows = own.patterns.map((row) => ({ row, before: others.get(keyOf(row))?.count ?? 0 }));
  const known = new Set(own.patterns.map(keyOf));
  for (const row of other.patterns)
    if (!known.has(keyOf(row))) rows.push({ row: { ...row, count: 0, samples: [] }, before: row.count });
  const isWhole = own.lines === own.looked && other.lines === other.looked;
  const exposure = isWhole
    ? { selection: window.to - window.from, against: against.to - against.from }
    : { selection: own.looked, against: other.looked };
  const judged = judgeCounts(
    rows.map(({ row, before }) => ({ selection: row.count, against: before })),
    exposure,
  );
  return rows.map(({ row, before }, at) => ({
    ...row,
    against: { count: before, change: judged[at]?.change ?? null, ratio: judged[at]?.ratio ?? null },
  }));
}
