import { isOfClaude, readClaude } from './read-claude';
import { isOfCodex, readCodex } from './read-codex';
import { isOfCursor, readCursor } from './read-cursor';
import { isOfGemini, readGemini } from './read-gemini';
import { isOfGenAi, readGenAi } from './read-gen-ai';
import type { SessionFact } from './session-fact';
import type { TelemetryItem } from './telemetry-item';

/** What an item tells of a session of an agent; nothing where it is of none. */
export function readFacts(item: TelemetryItem): SessionFact[] {
  if (isOfClaude(item)) return readClaude(item);
  if (isOfCodex(item)) return readCodex(item);
  if (isOfCursor(item)) return readCursor(item);
  if (isOfGemini(item)) return readGemini(item);
  return isOfGenAi(item) ? readGenAi(item) : [];
}
