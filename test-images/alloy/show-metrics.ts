import type { IngestCounters } from '../../src/engine/otlp/ingest-counters';
import type { Exporter } from './exporter';

const items = { traces: 'spans', metrics: 'metric_points', logs: 'log_records' } as const;
const accepted = { traces: 'spans', metrics: 'points', logs: 'logs' } as const;
const signals = ['traces', 'metrics', 'logs'] as const;

/** The page `/metrics`, with the names and labels that Alloy gives its own. */
export function showMetrics(counters: IngestCounters, exporters: Iterable<Exporter>): string {
  const lines: string[] = [];
  const receiver = 'component_id="otelcol.receiver.otlp.in",component_path="/"';
  for (const signal of signals) {
    const name = items[signal];
    lines.push(
      `otelcol_receiver_accepted_${name}_total{${receiver},transport="grpc"} ${counters.accepted[accepted[signal]]}`,
    );
    lines.push(
      `otelcol_receiver_refused_${name}_total{${receiver},transport="grpc"} ${counters.rejected[accepted[signal]]}`,
    );
  }
  for (const exporter of exporters) {
    const { id } = exporter.plan;
    const kind = exporter.plan.protocol === 'grpc' ? 'otlp_grpc' : 'otlp_http';
    const labels = `component_id="${id}",component_path="/",exporter="${kind}/${id}"`;
    for (const [status, { requests, bytes }] of exporter.answered) {
      const answer = `${labels},http_request_method="POST",http_response_status_code="${status}"`;
      lines.push(
        `http_client_request_body_size_bytes_sum{${answer}} ${bytes}`,
        `http_client_request_body_size_bytes_count{${answer}} ${requests}`,
      );
    }
    for (const signal of signals) {
      const name = items[signal];
      lines.push(
        `otelcol_exporter_sent_${name}_total{${labels}} ${exporter.sent[signal]}`,
        `otelcol_exporter_send_failed_${name}_total{${labels}} ${exporter.failed[signal]}`,
        `otelcol_exporter_enqueue_failed_${name}_total{${labels}} ${exporter.notQueued[signal]}`,
        `otelcol_exporter_queue_size{${labels},data_type="${signal}"} ${exporter.queued(signal)}`,
        `otelcol_exporter_queue_capacity{${labels},data_type="${signal}"} ${exporter.plan.queue.size}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
