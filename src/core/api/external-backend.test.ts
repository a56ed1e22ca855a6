import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '../http/test-core';
import { openScriptedBackend, type ScriptedBackend } from '../telemetry/request/scripted-backend';

let test: TestCore;
let other: ScriptedBackend;
beforeEach(async () => {
  test = await openTestCore();
  const labels = [{ key: 'resource.service.name', value: { stringValue: 'shop' } }];
  other = await openScriptedBackend({
    '/tempo/api/v2/search/tags': [200, { scopes: [] }],
    '/tempo/api/search': [200, { traces: [{ traceID: '1', rootServiceName: 'shop' }] }],
    '/tempo/api/metrics/query': [200, { series: [{ labels, value: 2 }] }],
    '/loki/api/v1/labels': [200, { status: 'success' }],
    '/mimir/prometheus/api/v1/query': [200, { data: { resultType: 'vector', result: [] } }],
  });
});
afterEach(async () => {
  await test.close();
  await rm(test.home, { recursive: true, force: true });
  await other.close();
});

const set = (more: object = {}) =>
  test.core.client.backend.setExternal({
    tempo: `${other.base}/tempo`,
    loki: other.base,
    prometheus: `${other.base}/mimir/prometheus/`,
    headers: [{ name: 'X-Api-Key', value: 'k3y-of-mine' }],
    ...more,
  });

describe('a backend that somebody else runs', () => {
  it('is switched to once it is set, and answers what the panel asks, with its header', async () => {
    const { client } = test.core;
    await expect(client.host.switchBackend({ backend: 'external' })).rejects.toMatchObject({
      data: { kind: 'external-not-set' },
    });
    expect(await set()).toMatchObject({ hasSecrets: true, settings: { headers: [{ name: 'X-Api-Key' }] } });
    await client.host.switchBackend({ backend: 'external' });
    const status = await client.host.start();
    expect(status).toMatchObject({ backend: 'external', state: 'ready', problems: [] });
    const window = { from: 0, to: 1_000 };
    const { traces } = await client.traces.search({ query: '', window, limit: 5 });
    expect(traces).toMatchObject([{ rootService: 'shop' }]);
    for (const { headers } of other.asked) expect(headers['x-api-key']).toBe('k3y-of-mine');
    expect(JSON.stringify([status, await client.backend.external(), await client.host.diagnostics()])).not.toContain(
      'k3y-of-mine',
    );
    expect(await client.backend.tryExternal()).toMatchObject([
      { name: 'tempo', url: `${other.base}/tempo` },
      { name: 'loki' },
      { name: 'prometheus', url: `${other.base}/mimir/prometheus` },
    ]);
  });

  it('is neither stopped nor cleaned, and forwards nothing, each refused with its reason', async () => {
    const { client } = test.core;
    await set();
    await client.host.switchBackend({ backend: 'external' });
    await expect(client.host.stop()).rejects.toMatchObject({ data: { kind: 'not-owned' } });
    await expect(client.host.clean({ confirm: true })).rejects.toThrow('Somebody else keeps it');
    const headers = [{ name: 'X-Token', value: 'token-of-cloud' }];
    const { id } = await client.destinations.add({
      kind: 'otlp',
      name: 'Cloud',
      endpoint: 'https://c.example',
      headers,
    });
    await expect(client.destinations.toggle({ id, enabled: true })).rejects.toMatchObject({
      data: { kind: 'external-not-forwarding', message: expect.stringContaining(id) },
    });
  });

  it('is not switched to while a destination is switched on', async () => {
    const { client } = test.core;
    await set();
    const headers = [{ name: 'X-Token', value: 'token-of-cloud' }];
    const { id } = await client.destinations.add({
      kind: 'otlp',
      name: 'Cloud',
      endpoint: 'https://c.example',
      headers,
    });
    await client.destinations.toggle({ id, enabled: true });
    await expect(client.host.switchBackend({ backend: 'external' })).rejects.toMatchObject({
      data: { kind: 'external-not-forwarding', message: expect.stringContaining(id) },
    });
    expect((await client.host.snapshot()).backend).toBe('embedded');
  });

  it('only answers queries without an OTLP endpoint: snippets, environment and demo say so', async () => {
    const { client } = test.core;
    await set();
    await client.host.switchBackend({ backend: 'external' });
    const refused = { data: { kind: 'no-otlp-endpoint', hint: expect.stringContaining('--otlp-http') } };
    await expect(client.snippets.env({ serviceName: 'shop', shell: 'bash' })).rejects.toMatchObject(refused);
    await expect(client.snippets.snippet({ serviceName: 'shop', language: 'python' })).rejects.toMatchObject(refused);
    await expect(client.host.sendDemo()).rejects.toMatchObject(refused);
    expect((await client.host.doctor()).find(({ name }) => name === 'OTLP')).toMatchObject({ state: 'warning' });

    await set({ otlpHttp: 'https://otlp.example/v1/traces' });
    const [step] = (await client.snippets.env({ serviceName: 'shop', shell: 'bash', protocol: 'grpc' })).steps;
    expect(step!.code).toContain('https://otlp.example');
    expect(step!.code).toContain('http/protobuf');
    const compose = await client.snippets.snippet({ serviceName: 'shop', language: 'docker-compose' });
    expect(compose.steps[0]!.code).toContain('https://otlp.example');
  });

  it('is looked after by doctor through its own answers, with what to do', async () => {
    const { client } = test.core;
    await set({ loki: `${other.base}/wrong` });
    await client.host.switchBackend({ backend: 'external' });
    await client.host.start();
    const checks = await client.host.doctor();
    expect(checks.find(({ name }) => name === 'Tempo API')).toMatchObject({ state: 'ok' });
    expect(checks.find(({ name }) => name === 'Loki API')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('has nothing at /loki/api/v1/labels (404)'),
      hint: expect.stringContaining('address of the API'),
    });
    expect(checks.filter(({ message }) => message.includes('has nothing at'))).toHaveLength(1);
  });

  it('is still there after a restart of the host', async () => {
    await set();
    await test.core.client.host.switchBackend({ backend: 'external' });
    const { home } = test;
    await test.core.close();
    test = await openTestCore(home);
    const status = await test.core.client.host.start();
    expect(status).toMatchObject({ backend: 'external', state: 'ready' });
  });
});
