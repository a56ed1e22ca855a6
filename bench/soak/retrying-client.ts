import { setTimeout as pause } from 'node:timers/promises';
import { openGrpcSender, openHttpSender, type Sender } from '../load/send-batch';
import { SpanSource } from './span-source';

export interface ClientReport {
  /** Every acknowledged span id, by its trace. */
  acknowledged: Map<string, string[]>;
  /** Requests that had to be sent again. */
  repeated: number;
}

/** Between two requests of a lane: about 600 spans/s each, so that kills meet every phase and not only overload. */
const PACE_MS = 30;
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 1000;

/** Sends known spans and, as SDKs do, each request again with growing pauses until it is acknowledged. */
export class RetryingClient {
  readonly report: ClientReport = { acknowledged: new Map(), repeated: 0 };
  private ending = false;
  private readonly running: Promise<void>[];

  constructor(ports: { grpc: number; http: number }) {
    this.running = [
      this.runLane(0, () => openGrpcSender(ports.grpc, 'traces', 1)),
      this.runLane(1, () => openGrpcSender(ports.grpc, 'traces', 1)),
      this.runLane(2, () => openHttpSender(ports.http, 'traces', 1)),
      this.runLane(3, () => openHttpSender(ports.http, 'traces', 1)),
    ];
  }

  /** Resolves when every request that was begun is acknowledged. */
  async finish(): Promise<ClientReport> {
    this.ending = true;
    await Promise.all(this.running);
    return this.report;
  }

  private async runLane(lane: number, open: () => Sender): Promise<void> {
    const source = new SpanSource(lane);
    const { acknowledged } = this.report;
    let sender = open();
    while (!this.ending) {
      const { batch, traceId, spanIds } = source.next();
      for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
        const outcome = await sender.send(batch);
        if (outcome === 'accepted') break;
        this.report.repeated++;
        if (outcome === 'failed') {
          sender.close();
          sender = open();
        }
        await pause(wait * (0.5 + Math.random() / 2));
      }
      const ids = acknowledged.get(traceId) ?? [];
      ids.push(...spanIds);
      acknowledged.set(traceId, ids);
      await pause(PACE_MS);
    }
    sender.close();
  }
}
