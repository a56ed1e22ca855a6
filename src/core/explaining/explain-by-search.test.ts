import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Span, Trace } from '../../shared/contract/telemetry';
import type { QueryEndpoint } from '../telemetry/request/query-endpoint';
import type { TempoClient } from '../telemetry/tempo-client';
import { explainBySearch, type SearchParts } from './explain-by-search';

const window = { from: 0, to: 3_600_000 };
const traceId = (index: number) => (index + 1).toString(16).padStart(32, '0');
const customers = ['acme', 'globex', 'initech', 'hooli'];
const isSlow = (index: number) => index % 4 === 0;

/** Of four customers the first one's spans are slow. */
function traceOf(index: number): Trace {
  const span: Span = {
    ...{ spanId: (index + 1).toString(16).padStart(16, '0'), parentSpanId: '', name: 'POST /pay', service: 'pay' },
    ...{ kind: 'server', status: { code: 'unset', message: '' }, startNs: '1', durationNs: isSlow(index) ? 9e8 : 1e7 },
    attributes: [{ key: 'customer.id', value: customers[index % 4]! }],
    ...{ resource: 0, scope: { name: '', version: '' }, events: [], links: [] },
  };
  return {
    traceId: traceId(index),
    resources: [{ attributes: [{ key: 'host.name', value: `node-${index % 3}` }] }],
    spans: [span],
  };
}

const asked: string[] = [];
let server: Server;
let parts: SearchParts;
beforeAll(async () => {
  server = createServer((request, response) => {
    const query = new URL(request.url!, 'http://localhost').searchParams.get('q')!;
    asked.push(query);
    const all = Array.from({ length: 120 }, (_, index) => index).filter(
      (index) => !query.includes('duration') || isSlow(index),
    );
    const traces = all.map((index) => ({
      // As Tempo writes them: without zeros in front.
      traceID: traceId(index).replace(/^0+/, ''),
      spanSets: [{ spans: [{ spanID: traceOf(index).spans[0]!.spanId }] }],
    }));
    response.end(JSON.stringify({ traces, metrics: {} }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tempo = { get: async (id: string) => traceOf(Number.parseInt(id, 16) - 1) } as unknown as TempoClient;
  parts = { tempo, endpoint: () => ({ base }) as QueryEndpoint };
});
afterAll(() => server.close());

describe('what differs, where a backend cannot aggregate it', () => {
  it('is found among the newest traces, and says so', async () => {
    const request = { signal: 'traces', selection: { window, slowerThanMs: 500 }, against: { window } } as const;
    const answer = await explainBySearch(parts, request);
    expect(answer.differences.map(({ key, value }) => `${key}=${value}`)).toEqual(['customer.id=acme']);
    expect([answer.selection.count, answer.against.count]).toEqual([30, 90]);
    expect(answer.leftOut[0]).toContain('the newest 30 and 120 traces were looked at');
    expect(asked).toEqual(
      expect.arrayContaining(['{ duration >= 500000000ns } with (most_recent=true)', '{} with (most_recent=true)']),
    );
  });

  it('narrows a query by a second filter, which looks at the spans of the first', async () => {
    const selection = { window, query: '{ name = "POST /pay" }', errors: true, runId: 'abcdefgh' };
    await explainBySearch(parts, { signal: 'traces', selection, against: { window } });
    expect(asked).toContain(
      '{ name = "POST /pay" } | { status = error && resource.watchtower.run.id = "abcdefgh" } with (most_recent=true)',
    );
  });

  it('is told after some seconds of a backend that is slow, of what was read of either side, with its number', async () => {
    let asked = 0;
    const get = async (id: string, signal?: AbortSignal) => {
      // The third lot never comes.
      if (++asked > 16)
        await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      return traceOf(Number.parseInt(id, 16) - 1);
    };
    const tempo = { get } as unknown as TempoClient;
    const request = { signal: 'traces', selection: { window, slowerThanMs: 500 }, against: { window } } as const;
    const answer = await explainBySearch({ ...parts, tempo, readingMs: 200 }, request);
    expect([answer.selection.count, answer.against.count]).toEqual([8, 8]);
    expect(answer.leftOut[0]).toContain('8 and 16 of the newest 30 and 120 traces were looked at');
  });

  it('fails as the backend does, also within that time', async () => {
    const get = () => Promise.reject(new Error('no such tenant'));
    const request = { signal: 'traces', selection: { window }, against: { window } } as const;
    await expect(explainBySearch({ ...parts, tempo: { get } as unknown as TempoClient }, request)).rejects.toThrow(
      'no such tenant',
    );
  });

  it('ends with the signal', async () => {
    const request = { signal: 'traces', selection: { window }, against: { window } } as const;
    await expect(explainBySearch(parts, request, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
