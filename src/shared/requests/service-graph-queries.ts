import type { TimeWindow } from '../contract/telemetry';

/** What Prometheus is asked at the end of a window for the service graph of Tempo's metrics; `of` leaves one service's edges. */
export function serviceGraphQueries({ from, to }: TimeWindow, of?: string) {
  const range = `${Math.max(1, Math.ceil((to - from) / 1000))}s`;
  const name = of === undefined ? '' : JSON.stringify(of);
  const increase = (metric: string) => {
    const selected =
      of === undefined
        ? `increase(${metric}[${range}])`
        : `(increase(${metric}{client=${name}}[${range}]) or increase(${metric}{server=${name}}[${range}]))`;
    return `sum by (client, server, connection_type) (${selected})`;
  };
  return {
    requests: increase('traces_service_graph_request_total'),
    failed: increase('traces_service_graph_request_failed_total'),
    clientSeconds: increase('traces_service_graph_request_client_seconds_sum'),
    clientCount: increase('traces_service_graph_request_client_seconds_count'),
    serverSeconds: increase('traces_service_graph_request_server_seconds_sum'),
    serverCount: increase('traces_service_graph_request_server_seconds_count'),
  };
}
