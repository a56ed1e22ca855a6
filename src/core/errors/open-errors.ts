import type { BackendSwitch } from '../backends/backend-switch';
import type { MarkBook } from '../marks/mark-book';
import type { RunBook } from '../runs/run-book';
import type { LokiClient } from '../telemetry/loki-client';
import type { TempoClient } from '../telemetry/tempo-client';
import { EngineErrors } from './engine-errors';
import { ErrorInbox } from './error-inbox';
import { MuteBook } from './mute-book';
import { SearchedErrors } from './searched-errors';

export interface ErrorsParts {
  readonly home: string;
  readonly tempo: TempoClient;
  readonly loki: LokiClient;
  readonly backends: BackendSwitch;
  readonly runs: RunBook;
  readonly marks: MarkBook;
}

/** The errors of whatever backend stands behind the ports, and what a person muted of them. */
export async function openErrors({ home, tempo, loki, backends, runs, marks }: ErrorsParts) {
  const mutes = await MuteBook.open(home);
  const errorInbox = new ErrorInbox({
    engine: new EngineErrors(() => backends.queryEndpoint('tempo')),
    searched: new SearchedErrors({ tempo, loki, has: () => backends.current.capabilities }),
    groups: () => backends.current.summarizesRuns === true,
    mutes,
    moments: { findRun: (ref) => runs.find(ref), runs: () => runs.list(), marks: () => marks.list() },
  });
  return { errorInbox, mutes };
}
