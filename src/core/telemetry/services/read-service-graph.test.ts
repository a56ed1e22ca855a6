import { describe, expect, it } from 'vitest';
import type { Series } from '../../../shared/contract/telemetry';
import { readServiceGraph } from './read-service-graph';

const window = { from: 1_700_000_000_000, to: 1_700_000_900_000 };

/** A Prometheus with these values of each metric of the graph, by client, server and type of connection. */
function prometheusOf(
  metrics: Record<string, readonly [client: string, server: string, type: string, value: number][]>,
) {
  const asked: string[] = [];
  return {
    asked,
    query: async (query: string) => {
      asked.push(query);
      const name = /traces_service_graph_request_(\w+)/.exec(query)?.[1] ?? '';
      const series = (metrics[name] ?? []).map(
        ([client, server, type, value]): Series => ({
          labels: { client, server, ...(type && { connection_type: type }) },
          values: [[window.to / 1000, String(value)]],
        }),
      );
      return { series, warnings: [] };
    },
  };
}

describe('the service graph', () => {
  it('has who called whom, how often, how much failed and how long it took', async () => {
    const { edges, total } = await readServiceGraph(
      prometheusOf({
        total: [
          ['web', 'shop', '', 20.4],
          ['user', 'web', 'virtual_node', 50],
          ['shop', 'postgres', 'database', 7],
          ['shop', 'orders', 'messaging_system', 3],
          ['shop', 'pay.example', 'virtual_node', 2],
          ['gone', 'shop', '', 0],
        ],
        failed_total: [['web', 'shop', '', 1.6]],
        client_seconds_sum: [['web', 'shop', '', 4]],
        client_seconds_count: [['web', 'shop', '', 20]],
        server_seconds_sum: [
          ['web', 'shop', '', 2],
          ['user', 'web', 'virtual_node', 10],
        ],
        server_seconds_count: [
          ['web', 'shop', '', 20],
          ['user', 'web', 'virtual_node', 50],
        ],
      }),
      { window, limit: 100 },
    );
    expect(total).toBe(5);
    expect(edges).toEqual([
      { client: 'user', server: 'web', kind: 'user', requests: 50, failed: 0, meanNs: 200e6 },
      { client: 'web', server: 'shop', kind: 'service', requests: 20, failed: 2, meanNs: 200e6 },
      { client: 'shop', server: 'postgres', kind: 'database', requests: 7, failed: 0, meanNs: null },
      { client: 'shop', server: 'orders', kind: 'queue', requests: 3, failed: 0, meanNs: null },
      { client: 'shop', server: 'pay.example', kind: 'outside', requests: 2, failed: 0, meanNs: null },
    ]);
  });

  it('has the busiest edges of many, with their true number', async () => {
    const many = Array.from({ length: 30 }, (_, i): [string, string, string, number] => ['web', `s${i}`, '', i + 1]);
    const { edges, total } = await readServiceGraph(prometheusOf({ total: many }), { window, limit: 2 });
    expect(total).toBe(30);
    expect(edges.map(({ server }) => server)).toEqual(['s29', 's28']);
  });

  it('asks for the edges of one service alone, whatever it is called', async () => {
    const prometheus = prometheusOf({});
    await readServiceGraph(prometheus, { window, of: 'a"b', limit: 2 });
    expect(prometheus.asked[0]).toBe(
      'sum by (client, server, connection_type) ((increase(traces_service_graph_request_total{client="a\\"b"}[900s]) or increase(traces_service_graph_request_total{server="a\\"b"}[900s])))',
    );
  });

  it('shows nothing of the probes of Watchtower', async () => {
    const prometheus = prometheusOf({ total: [['user', 'watchtower-probe', 'virtual_node', 5]] });
    expect(await readServiceGraph(prometheus, { window, limit: 2 })).toEqual({ edges: [], total: 0 });
  });
});
