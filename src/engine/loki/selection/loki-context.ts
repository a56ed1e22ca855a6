import type { ReportFault } from '../../faults/report-fault';
import type { StoreReader } from '../../store/reader/reader';
import type { LogCatalog } from './log-catalog';

/** What every handler of the Loki API works with. */
export interface LokiContext {
  readonly reader: StoreReader;
  readonly catalog: LogCatalog;
  /** Nanoseconds since 1970. */
  readonly nowNs: () => bigint;
  readonly reportFault: ReportFault;
}
