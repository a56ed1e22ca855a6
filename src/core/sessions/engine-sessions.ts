import type { TimeWindow } from '../../shared/contract/telemetry';
import type { AssembledDetail, AssembledSession } from '../../shared/sessions/assembly/assembled-session';
import type { Wanted } from '../../shared/sessions/assembly/session-assembler';
import type { QueryEndpoint } from '../telemetry/request/query-endpoint';
import { requestBackend } from '../telemetry/request/request-backend';
import type { SessionSource } from './session-source';

const timeoutMs = 60_000;

/** Sessions as the embedded engine makes them of its rows. */
export class EngineSessions implements SessionSource {
  constructor(private readonly endpoint: () => QueryEndpoint) {}

  list({ from, to }: TimeWindow, limit: number, signal?: AbortSignal) {
    return requestBackend<{ sessions: AssembledSession[]; leftOut: string[] }>({
      endpoint: this.endpoint(),
      path: '/watchtower/sessions',
      parameters: { start: Math.max(0, Math.floor(from)), end: Math.ceil(to), limit },
      has: ['sessions'],
      ...{ timeoutMs, signal },
    });
  }

  find(ref: string, { offset, limit }: Wanted, signal?: AbortSignal) {
    return requestBackend<AssembledDetail | { several: string[] } | null>({
      endpoint: this.endpoint(),
      path: '/watchtower/session',
      parameters: { ref, offset, limit },
      has: ['session', 'several'],
      missingIsNull: true,
      ...{ timeoutMs, signal },
    });
  }
}
