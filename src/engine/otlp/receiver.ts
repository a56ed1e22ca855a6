import type { ReportFault } from '../faults/report-fault';

/** A listening OTLP receiver. */
export interface Receiver {
  readonly port: number;
  /** Stops listening, lets requests under way be answered for at most `graceMs`, then ends every connection. */
  close(graceMs: number): Promise<void>;
}

export interface ReceiverAddress {
  readonly host: string;
  /** 0 asks for any. */
  readonly port: number;
  /** More names, beside the machine's own, by which the receivers may be reached. */
  readonly allowedHosts?: readonly string[] | undefined;
  readonly reportFault?: ReportFault;
}
