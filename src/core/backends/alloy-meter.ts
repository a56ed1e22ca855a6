import type { Delivery } from '../../shared/contract/destinations';
import type { HostStatus } from '../../shared/contract/host';
import type { AlloyOutput } from '../alloy/alloy-host';
import { DeliveryReader } from '../alloy/delivery-reader';
import type { HostLog } from '../log/host-log';
import { inBackground } from '../log/in-background';
import { IngestMeter } from './ingest-meter';

/** A page of Alloy's metrics costs it and us some milliseconds: seldom while nothing arrives and nothing is sent on. */
const readMs = { busy: 2_000, idle: 5_000 };

export interface AlloyMeterOptions {
  /** The running Alloy; null while there is none. */
  connect(): AlloyOutput | null;
  /** Ids of the destinations that Alloy sends to now. */
  destinations(): readonly string[];
  maskSecrets(text: string): string;
  log: HostLog;
}

/** Reads again and again what a running Alloy took in and how the sending goes. */
export class AlloyMeter {
  deliveries: ReadonlyMap<string, Delivery> = new Map();
  private readonly reader: DeliveryReader;
  private readonly meter = new IngestMeter();
  private readonly listeners = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly options: AlloyMeterOptions) {
    this.reader = new DeliveryReader(options);
  }

  start(): void {
    this.readLater(readMs.busy);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** These have another key or address from now on. */
  begin(ids: readonly string[]): void {
    this.reader.begin(ids);
  }

  ingest(): HostStatus['ingest'] {
    return this.meter.read();
  }

  private readLater(milliseconds: number): void {
    if (this.closed) return;
    this.timer = setTimeout(() => {
      const reading = this.read();
      inBackground('alloy: read', reading, this.options.log);
      const isSending = this.options.destinations().length > 0;
      const next = reading
        .catch(() => false)
        .then((arrived) => this.readLater(arrived || isSending ? readMs.busy : readMs.idle));
      inBackground('alloy: read later', next, this.options.log);
    }, milliseconds).unref();
  }

  /** Whether anything arrived since the last time. */
  private async read(): Promise<boolean> {
    if (!this.options.connect()) {
      this.meter.stop();
      // One that failed last does not fail for ever.
      if (this.deliveries.size > 0) this.publish(new Map());
      return false;
    }
    const report = await this.reader.read();
    if ('kind' in report) return false;
    const { accepted, refused } = report.ingest;
    const requests = accepted.spans + accepted.logs + accepted.points;
    const before = this.meter.read().totals;
    this.meter.add({ at: Date.now(), accepted: { ...accepted, requests }, rejected: refused });
    this.publish(report.deliveries);
    return requests !== before.spans + before.logs + before.points;
  }

  private publish(deliveries: ReadonlyMap<string, Delivery>): void {
    this.deliveries = deliveries;
    for (const listener of this.listeners) listener();
  }
}
