import { describe, expect, it } from 'vitest';
import { listServices, type ServiceSources } from './list-services';

const window = { from: 1000, to: 301_000 };
const sources: ServiceSources = {
  tempo: {
    services: async (_window, { parts }) => [
      {
        ...{ name: 'shop', spans: 10, errors: 2, requests: 4, failedRequests: 1 },
        ...{ p50Ns: 1e6, p95Ns: 5e6, p99Ns: 8e6, longestNs: 9e6 },
        ...{ rates: new Array(parts).fill(1), failures: new Array(parts).fill(0) },
      },
    ],
    tagValues: async () => ['shop', 'asleep'],
  },
  loki: {
    countByService: async () => [
      { service: 'shop', level: 'info', lines: 4 },
      { service: 'talks-only', level: 'error', lines: 3 },
      { service: 'talks-only', level: 'fatal', lines: 1 },
      { service: 'talks-only', level: 'warn', lines: 7 },
    ],
    labelValues: async () => ['shop', 'talked-once'],
  },
  prometheus: { labelValues: async () => ['counts-only'] },
};
const down = async () => {
  throw new Error('down');
};

describe('listServices', () => {
  it('lists a service whatever it sends: spans, lines or metrics alone, and those that are silent now', async () => {
    const { services, missing } = await listServices(sources, window, { parts: 2 });
    expect(missing).toEqual([]);
    expect(services.map(({ name, spans, logs, metrics }) => [name, spans, logs, metrics])).toEqual([
      ['asleep', 0, 0, false],
      ['counts-only', 0, 0, true],
      ['shop', 10, 4, false],
      ['talked-once', 0, 0, false],
      ['talks-only', 0, 11, false],
    ]);
  });

  it('counts lines of error and worse', async () => {
    const { services } = await listServices(sources, window, { parts: 2 });
    expect(services.find(({ name }) => name === 'talks-only')).toMatchObject({ errorLogs: 4 });
    expect(services.find(({ name }) => name === 'shop')).toMatchObject({
      ...{ errorSpans: 2, failedRequests: 1, errorLogs: 0, p95Ns: 5e6, p99Ns: 8e6, rates: [1, 1] },
    });
    expect(services.find(({ name }) => name === 'talks-only')).toMatchObject({ requests: 0, p50Ns: null, rates: [] });
  });

  it('tells of one service alone', async () => {
    const only = (service: string) => listServices(sources, window, { parts: 0, service });
    expect((await only('talks-only')).services.map(({ name, logs }) => [name, logs])).toEqual([['talks-only', 11]]);
    expect((await only('nobody')).services).toEqual([]);
  });

  it('asks for nothing but spans where these are enough', async () => {
    const others = { loki: { countByService: down, labelValues: down }, prometheus: { labelValues: down } };
    const { services, missing } = await listServices({ ...sources, ...others }, window, { parts: 0, spansOnly: true });
    expect([services.map(({ name }) => name), missing]).toEqual([['shop'], []]);
  });

  it('counts no spans where the rest alone is asked for', async () => {
    const tempo = { ...sources.tempo, services: down };
    const asked = { parts: 0, withoutSpans: true };
    const { services, missing } = await listServices({ ...sources, tempo }, window, asked);
    expect(missing).toEqual([]);
    expect(services.map(({ name, spans, logs }) => [name, spans, logs])).toContainEqual(['shop', 0, 4]);
  });

  it('names the backend that does not answer, and shows what the others know', async () => {
    const { services, missing } = await listServices(
      { ...sources, loki: { countByService: down, labelValues: down } },
      window,
      { parts: 0 },
    );
    expect(missing).toEqual(['logs']);
    expect(services.map(({ name }) => name)).toEqual(['asleep', 'counts-only', 'shop']);
  });

  it('fails where nobody answers, instead of answering that there are none', async () => {
    const away: ServiceSources = {
      tempo: { services: down, tagValues: down },
      loki: { countByService: down, labelValues: down },
      prometheus: { labelValues: down },
    };
    await expect(listServices(away, window, { parts: 0 })).rejects.toThrow('down');
  });

  it('ends with the signal instead of naming everything as missing', async () => {
    const aborted = AbortSignal.abort();
    const answer = listServices(
      { ...sources, tempo: { services: down, tagValues: down } },
      window,
      { parts: 0 },
      aborted,
    );
    await expect(answer).rejects.toThrow(/abort/i);
  });
});
