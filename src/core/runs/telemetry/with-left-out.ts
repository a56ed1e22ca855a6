import { compareTexts } from '../../../shared/compare-texts';
import type { CutPart, RunTelemetry } from '../../../shared/runs/run-summary';

/** The telemetry with sentences on what is not in it, and of what it has a part only because of that. */
export function withLeftOut(
  telemetry: RunTelemetry,
  sentences: readonly string[],
  ...parts: readonly CutPart[]
): RunTelemetry {
  if (sentences.length === 0) return telemetry;
  const cut = [...new Set([...(telemetry.cut ?? []), ...parts])].sort(compareTexts);
  return { ...telemetry, leftOut: [...telemetry.leftOut, ...sentences], ...(cut.length > 0 && { cut }) };
}
