import { describe, expect, it } from 'vitest';
import type { Attribute, Series } from '../../../shared/contract/telemetry';
import { readCalls } from './read-calls';

const window = { from: 1_700_000_000_000, to: 1_700_000_900_000 };

type Row = [
  service: string,
  kind: 'producer' | 'consumer',
  system: string,
  destination: string,
  status: string,
  value: number,
];

const labelsOf = ([service, kind, system, destination, status]: Row): Attribute[] => [
  { key: 'resource.service.name', value: service },
  { key: 'kind', value: kind },
  { key: 'span.messaging.system', value: system },
  { key: 'span.messaging.destination.name', value: destination },
  { key: 'status', value: status },
];

/** A Tempo that has counted these, each span 20 ms long (of those that only receive, `received`, 80 ms), and a Prometheus with one edge from shop to mailer by a queue. */
function sources(rows: readonly Row[], cut?: string, received: readonly Row[] = []) {
  const asked: string[] = [];
  return {
    asked,
    tempo: {
      aggregate: async (query: string) => {
        asked.push(query);
        const isCount = query.includes('count_over_time');
        const [chosen, seconds] = query.includes('"receive"')
          ? [received, 0.08]
          : [rows, received.length > 0 ? 0.05 : 0.02];
        const series = chosen.map((row) => ({ labels: labelsOf(row), value: isCount ? row[5] : seconds }));
        return { series, ...(cut !== undefined && { cut }) };
      },
    },
    prometheus: {
      query: async (query: string): Promise<{ series: Series[]; warnings: string[] }> => ({
        series: query.includes('request_total')
          ? [
              {
                labels: { client: 'shop', server: 'mailer', connection_type: 'messaging_system' },
                values: [[0, '7'] as [number, string]],
              },
              { labels: { client: 'web', server: 'shop' }, values: [[0, '9'] as [number, string]] },
            ]
          : [],
        warnings: [],
      }),
    },
  };
}

const published: Row = ['shop', 'producer', 'kafka', 'orders', 'unset', 8];
const taken: Row = ['mailer', 'consumer', 'kafka', 'orders', 'unset', 6];
const failed: Row = ['mailer', 'consumer', 'kafka', 'orders', 'error', 2];

describe('calls through a queue', () => {
  it('lead to it and from it, with what failed and how long it took, in place of the edge past it', async () => {
    const { edges, total, leftOut } = await readCalls(sources([published, taken, failed]), { window, limit: 100 });
    expect(edges).toEqual([
      { client: 'web', server: 'shop', kind: 'service', requests: 9, failed: 0, meanNs: null },
      { client: 'orders', server: 'mailer', kind: 'consume', system: 'kafka', requests: 8, failed: 2, meanNs: 2e7 },
      { client: 'shop', server: 'orders', kind: 'publish', system: 'kafka', requests: 8, failed: 0, meanNs: 2e7 },
    ]);
    expect([total, leftOut]).toEqual([3, []]);
  });

  it('are its messages once where a consumer has a span for receiving each and one for processing it', async () => {
    const all: Row = ['mailer', 'consumer', 'kafka', 'orders', 'unset', 14];
    const receiving: Row = ['mailer', 'consumer', 'kafka', 'orders', 'unset', 8];
    const { edges } = await readCalls(sources([published, all, failed], undefined, [receiving]), {
      window,
      limit: 100,
    });
    // 16 spans of 50 ms by the mean, 8 of 80 ms among them: the 8 others are of 20 ms.
    expect(edges.find(({ kind }) => kind === 'consume')).toMatchObject({
      requests: 8,
      failed: 2,
      meanNs: expect.closeTo(2e7),
    });
  });

  it('are what was received where a consumer has no span for processing it', async () => {
    const { edges } = await readCalls(sources([published, taken], undefined, [taken]), { window, limit: 100 });
    expect(edges.find(({ kind }) => kind === 'consume')).toMatchObject({ requests: 6, meanNs: expect.closeTo(5e7) });
  });

  it('stay as they are where no span names the queue, or where nobody takes what is published', async () => {
    for (const rows of [[], [published]]) {
      const { edges } = await readCalls(sources(rows), { window, limit: 100 });
      expect(edges.filter(({ kind }) => kind === 'queue')).toHaveLength(1);
    }
  });

  it('of one service say also whose messages come', async () => {
    const asked = sources([taken]);
    const { edges } = await readCalls(asked, { window, of: 'a"b', limit: 100 });
    expect(edges.map(({ kind }) => kind)).toContain('queue');
    expect(asked.asked[0]).toContain('&& resource.service.name = "a\\"b" }');
  });

  it('go by the name of the system where there is no destination, which Tempo writes as a word', async () => {
    const { edges } = await readCalls(sources([['shop', 'producer', 'sqs', 'nil', 'unset', 3]]), {
      window,
      limit: 100,
    });
    expect(edges.find(({ kind }) => kind === 'publish')).toMatchObject({ server: 'sqs', system: 'sqs' });
  });

  it('to very many destinations are told of those with most messages, and of the others as one', async () => {
    const rows = Array.from(
      { length: 50 },
      (_, i): Row => ['shop', 'producer', 'rabbitmq', `gen-${i}`, 'unset', i + 1],
    );
    const { edges } = await readCalls(sources(rows), { window, limit: 100 });
    const queues = edges.filter(({ kind }) => kind === 'publish');
    expect(queues).toHaveLength(31);
    expect(queues.find(({ server }) => server === '20 other destinations')?.requests).toBe(210);
  });

  it('are missing with the reason where the backend counts no spans, or tells not all', async () => {
    const without = sources([]);
    without.tempo.aggregate = async () => {
      throw new Error('Tempo has no metrics of spans.');
    };
    expect((await readCalls(without, { window, limit: 9 })).leftOut).toEqual([
      'Not every queue stands by itself: Tempo has no metrics of spans.',
    ]);
    expect((await readCalls(sources([published], 'cut at 1000'), { window, limit: 9 })).leftOut).toHaveLength(1);
  });
});
