import type { LogRecord } from '../../shared/contract/telemetry';

export interface LogTailBatch {
  records: LogRecord[];
  dropped: number;
  /** The tail begins here: what came before was not told, what comes from now on will be. */
  opened?: true;
}
