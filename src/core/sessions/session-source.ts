import type { TimeWindow } from '../../shared/contract/telemetry';
import type { AssembledDetail, AssembledSession } from '../../shared/sessions/assembly/assembled-session';
import type { Wanted } from '../../shared/sessions/assembly/session-assembler';

/** What a backend has of sessions. */
export interface SessionSource {
  /** Those that did something in the window, the last that did first. */
  list(
    window: TimeWindow,
    limit: number,
    signal?: AbortSignal,
  ): Promise<{ sessions: readonly AssembledSession[]; leftOut: readonly string[] }>;
  /** By its id, the start of one that no other has, or `last`. Null: there is none; several: their ids. */
  find(
    ref: string,
    wanted: Wanted,
    signal?: AbortSignal,
  ): Promise<AssembledDetail | { several: readonly string[] } | null>;
}
