import { expect, it } from 'vitest';
import { metricOrigin } from './metric-origin';

it('tells the reader’s metrics from those derived of spans and from those about Watchtower', () => {
  const origins = (...names: string[]) => names.map(metricOrigin);
  expect(origins('http_server_request_duration_seconds', 'traces_sold_total', 'uptime', 'target_info')).toEqual(
    Array(4).fill('own'),
  );
  expect(origins('process_memory_usage_bytes', 'process_cpu_time_seconds_total', 'go_goroutine_count')).toEqual(
    Array(3).fill('own'),
  );
  expect(origins('process_resident_memory_bytes', 'go_goroutines')).toEqual(Array(2).fill('watchtower'));
  expect(origins('traces_spanmetrics_latency', 'traces_service_graph_request_total')).toEqual(['derived', 'derived']);
  expect(origins('up', 'watchtower_store_bytes', 'otelcol_exporter_sent_spans')).toEqual(Array(3).fill('watchtower'));
});
