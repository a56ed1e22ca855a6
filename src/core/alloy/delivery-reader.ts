import type { Delivery } from '../../shared/contract/destinations';
import type { Problem } from '../../shared/problem';
import { request } from './alloy-api';
import type { AlloyOutput } from './alloy-host';
import { countItems, type Items, sum } from './count-items';
import { DeliveryMeter, type ExporterCounts } from './delivery-meter';
import { type MetricSample, parseMetrics } from './parse-metrics';
import { type ExporterError, readExporterErrors } from './read-exporter-errors';
import { exporterId } from './render/name-components';

const limitMs = 2_000;

export interface AlloyReport {
  /** By destination id; destinations that are off are not in it. */
  deliveries: ReadonlyMap<string, Delivery>;
  /** Items since Alloy started. */
  ingest: { accepted: Items; refused: Items };
}

export interface DeliveryReaderOptions {
  connect(): AlloyOutput | null;
  /** Ids of the destinations that Alloy sends to now: those of the controller's `state.inForce`. */
  destinations(): readonly string[];
  maskSecrets(text: string): string;
  now?: () => number;
}

/** Reads how the delivery goes, from Alloy's own metrics and log. */
export class DeliveryReader {
  private readonly meters = new Map<string, DeliveryMeter>();
  /** When each destination was last seen switched off: errors of an earlier time are not its own. */
  private readonly since = new Map<string, number>();
  private lastReadAt = 0;
  private readonly beganAt: number;

  constructor(private readonly options: DeliveryReaderOptions) {
    this.beganAt = (options.now ?? Date.now)();
  }

  async read(): Promise<AlloyReport | Problem> {
    const { connect, destinations, maskSecrets, now = Date.now } = this.options;
    const host = connect();
    if (!host) return { kind: 'alloy-not-running', message: 'Alloy is not running.', hint: 'Start the stack.' };
    const ids = destinations();
    this.keepOnly(ids);
    const askedAt = now();
    this.lastReadAt = askedAt;
    const page = await request(host, '/metrics', limitMs);
    if ('kind' in page) return page;
    const samples = parseMetrics(page.text);
    const errors = ids.length > 0 ? await readExporterErrors(host) : new Map<string, ExporterError>();
    for (const id of ids) {
      const error = errors.get(exporterId(id));
      const isOwn = error && error.at >= this.since.get(id)!;
      const shown = isOwn ? { ...error, message: maskSecrets(error.message) } : undefined;
      this.meters.get(id)!.add(countsOf(samples, exporterId(id)), shown, askedAt);
    }
    return {
      deliveries: new Map(ids.map((id) => [id, this.meters.get(id)!.delivery])),
      ingest: { accepted: countItems(samples, 'receiver_accepted'), refused: countItems(samples, 'receiver_refused') },
    };
  }

  /** These have another key or address from now on. */
  begin(ids: readonly string[]): void {
    const { now = Date.now } = this.options;
    for (const id of ids) this.meters.get(id)?.begin(now());
  }

  private keepOnly(ids: readonly string[]): void {
    for (const id of this.meters.keys()) {
      if (ids.includes(id)) continue;
      this.meters.delete(id);
      this.since.delete(id);
    }
    for (const id of ids) {
      if (this.meters.has(id)) continue;
      this.meters.set(id, new DeliveryMeter(Math.max(this.lastReadAt, this.beganAt)));
      this.since.set(id, this.lastReadAt);
    }
  }
}

function countsOf(samples: readonly MetricSample[], component: string): ExporterCounts {
  const answered = samples.filter(({ labels }) => /^2/.test(labels.http_response_status_code ?? ''));
  return {
    sent: countItems(samples, 'exporter_sent', component),
    refused: countItems(samples, 'exporter_send_failed', component),
    overflowed: countItems(samples, 'exporter_enqueue_failed', component),
    failures: countFailures(samples, component),
    bytes: sum(answered, 'http_client_request_body_size_bytes_sum', component),
    queued: sum(samples, 'otelcol_exporter_queue_size', component),
    queueCapacity: sum(samples, 'otelcol_exporter_queue_capacity', component),
  };
}

function countFailures(samples: readonly MetricSample[], component: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { name, labels, value } of samples) {
    const status = Number(labels.http_response_status_code);
    if (name !== 'http_client_request_body_size_bytes_count' || labels.component_id !== component) continue;
    if (status >= 300) counts.set(status, (counts.get(status) ?? 0) + value);
  }
  return counts;
}
