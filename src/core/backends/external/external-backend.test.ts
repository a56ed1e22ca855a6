import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExternalInput } from '../../../shared/contract/external';
import { createFileSecretStore } from '../../secrets/file-secret-store';
import { openSettings } from '../../settings/settings-store';
import { openScriptedBackend, type ScriptedBackend } from '../../telemetry/request/scripted-backend';
import { issueTestCertificate } from '../../tls/issue-test-certificate';
import { ExternalBackend } from './external-backend';
import { externalSettings } from './external-settings';
import { ExternalStore } from './external-store';
import { tryExternal } from './try-external';

let home: string;
const opened: (ScriptedBackend | ExternalBackend)[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-external-'));
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  await rm(home, { recursive: true, force: true });
});

async function scripted(...script: Parameters<typeof openScriptedBackend>): Promise<ScriptedBackend> {
  const backend = await openScriptedBackend(...script);
  opened.push(backend);
  return backend;
}

async function openStore(): Promise<ExternalStore> {
  const settings = externalSettings(await openSettings(home));
  return new ExternalStore({ settings, secrets: createFileSecretStore(home) }).open();
}

function openBackend(store: ExternalStore): ExternalBackend {
  const log = { info() {}, warn() {}, error() {} };
  const backend = new ExternalBackend({ store, log, everyMs: 5, slowestMs: 10 });
  opened.push(backend);
  return backend;
}

/** What the three APIs answer to a look. */
const answers = {
  '/api/v2/search/tags': [200, { scopes: [] }],
  '/loki/api/v1/labels': [200, { status: 'success' }],
  '/api/v1/query': [200, { status: 'success', data: { resultType: 'vector', result: [] } }],
} as const;

const inputOf = (base: string, more: Partial<ExternalInput> = {}): ExternalInput => ({
  tempo: base,
  loki: base,
  prometheus: base,
  headers: [],
  ...more,
});

describe('ExternalStore', () => {
  const key = { name: 'X-Api-Key', value: 'k3y-of-mine' };

  it('keeps addresses in the settings and values of headers in the file of secrets, over a restart', async () => {
    const store = await openStore();
    expect(store.access()).toMatchObject({ kind: 'external-not-set' });
    const input = inputOf('https://obs.example/tempo/', {
      loki: 'https://obs.example/loki/api/v1/push',
      prometheus: 'https://obs.example/prometheus/api/v1/query',
      tenant: 'team-a',
      headers: [key, { name: 'Authorization', api: 'loki', value: 'Bearer l0ki-token' }],
    });
    expect(await store.set(input)).toBeNull();
    const settings = await readFile(join(home, 'settings.json'), 'utf8');
    expect(JSON.parse(settings).external).toEqual({
      tempo: 'https://obs.example/tempo',
      loki: 'https://obs.example',
      prometheus: 'https://obs.example/prometheus',
      tenant: 'team-a',
      headers: [{ name: 'X-Api-Key' }, { name: 'Authorization', api: 'loki' }],
    });
    expect(settings).not.toMatch(/k3y-of-mine|l0ki-token/);
    expect((await stat(join(home, 'secrets.json'))).mode & 0o777).toBe(0o600);
    const again = openBackend(await openStore());
    expect(again.queryEndpoint('tempo')).toMatchObject({
      base: 'https://obs.example/tempo',
      tenant: 'team-a',
      headers: { 'X-Api-Key': 'k3y-of-mine' },
    });
    expect(again.queryEndpoint('loki').headers).toEqual({
      'X-Api-Key': 'k3y-of-mine',
      Authorization: 'Bearer l0ki-token',
    });
  });

  it('keeps the value of a header that is not given anew, and asks for one that was never given', async () => {
    const store = await openStore();
    await store.set(inputOf('http://127.0.0.1:1', { headers: [key] }));
    expect(await store.set(inputOf('http://127.0.0.1:2', { headers: [{ name: 'X-Api-Key' }] }))).toBeNull();
    expect(openBackend(store).queryEndpoint('loki')).toMatchObject({
      base: 'http://127.0.0.1:2',
      headers: { 'X-Api-Key': 'k3y-of-mine' },
    });
    expect(await store.set(inputOf('http://127.0.0.1:3', { headers: [{ name: 'X-New' }] }))).toMatchObject({
      kind: 'secret-needed',
      message: expect.stringContaining('X-New'),
    });
    expect(store.status().settings?.tempo).toBe('http://127.0.0.1:2');
  });

  it('says which header lost its value, and asks nothing without it', async () => {
    await (await openStore()).set(inputOf('http://127.0.0.1:1', { headers: [key] }));
    await rm(join(home, 'secrets.json'));
    const store = await openStore();
    expect(store.status().hasSecrets).toBe(false);
    expect(store.access()).toMatchObject({ kind: 'secret-missing', message: expect.stringContaining('X-Api-Key') });
    expect(() => openBackend(store).queryEndpoint('tempo')).toThrow('X-Api-Key');
  });

  it.each([
    ['obs.example', 'cannot be read'],
    ['ftp://obs.example', 'http:// or https://'],
    ['https://user:pass-w0rd@obs.example', 'user name or password'],
    ['https://obs.example/loki?token=s3cret', 'a query (?…)'],
    ['https://obs.example/loki#here', 'a fragment (#…)'],
  ])('refuses a URL by name and repeats none of it: %s', async (loki, words) => {
    const store = await openStore();
    const refused = await store.set(inputOf('http://127.0.0.1:1', { loki }));
    expect(refused).toMatchObject({ kind: 'external-url-invalid', message: expect.stringContaining(words) });
    expect(refused!.message).toContain('The URL of Loki API');
    expect(JSON.stringify(refused)).not.toMatch(/pass-w0rd|s3cret/);
    expect(store.status().settings).toBeNull();
  });

  it.each([
    [[{ name: 'Host', value: 'x.example' }], 'host is set by Watchtower'],
    [[{ name: 'Host', api: 'loki', value: 'x.example' }], 'host is set by Watchtower'],
    [[key, { ...key, name: 'x-api-key' }], 'given twice'],
    [[{ name: 'X-Scope-OrgID', value: 'team-a' }], 'is the tenant'],
    [[{ name: 'X-Api-Key', value: 'a\nb' }], 'HTTP does not allow'],
  ] as const)('refuses headers that no request may carry: %j', async (headers, words) => {
    const refused = await (await openStore()).set(inputOf('http://127.0.0.1:1', { headers: [...headers] }));
    expect(refused?.message).toContain(words);
  });

  it('refuses a CA file that is none, by its name', async () => {
    const store = await openStore();
    const caFile = join(home, 'ca.pem');
    const refused = { kind: 'external-ca-unreadable', message: expect.stringContaining(caFile) };
    expect(await store.set(inputOf('https://127.0.0.1:1', { caFile }))).toMatchObject(refused);
    await writeFile(caFile, 'no certificate');
    expect(await store.set(inputOf('https://127.0.0.1:1', { caFile }))).toMatchObject(refused);
  });
});

describe('ExternalBackend', () => {
  it('is ready once all three answer, degraded without one, failed without any, and finds them again by itself', async () => {
    const changing: Record<string, readonly [number, unknown]> = { ...answers };
    const { base } = await scripted(changing);
    const store = await openStore();
    await store.set(inputOf(base));
    const backend = openBackend(store);
    expect(backend.describe().state).toBe('stopped');
    backend.start();
    expect(backend.describe().state).toBe('starting');
    await backend.settled();
    expect(backend.describe()).toMatchObject({ state: 'ready', problems: [] });

    changing['/loki/api/v1/labels'] = [401, ''];
    await expect.poll(() => backend.describe().state).toBe('degraded');
    expect(backend.describe().problems).toMatchObject([{ id: 'external-loki', kind: 'external-refused' }]);
    expect(backend.describe().services.map(({ name, state }) => [name, state])).toEqual([
      ['tempo', 'up'],
      ['loki', 'down'],
      ['prometheus', 'up'],
    ]);

    for (const path of Object.keys(answers)) changing[path] = [503, 'not ready'];
    await expect.poll(() => backend.describe().state).toBe('failed');
    Object.assign(changing, answers);
    await expect.poll(() => backend.describe().state).toBe('ready');
    expect(backend.describe().problems).toEqual([]);
  });

  it('asks anew at once when its settings change, and tells whoever listens', async () => {
    const { base } = await scripted(answers);
    const store = await openStore();
    await store.set(inputOf('http://127.0.0.1:1'));
    const backend = openBackend(store);
    let told = 0;
    backend.subscribe(() => {
      told += 1;
    });
    backend.start();
    await backend.settled();
    expect(backend.describe()).toMatchObject({ state: 'failed', problems: [{ kind: 'external-unreachable' }, {}, {}] });
    const before = told;
    await store.set(inputOf(base));
    await backend.settled();
    expect(backend.describe().state).toBe('ready');
    expect(told).toBeGreaterThan(before);
  });

  it('asks nothing any more once it is stopped', async () => {
    const { base, asked } = await scripted(answers);
    const store = await openStore();
    await store.set(inputOf(base));
    const backend = openBackend(store);
    backend.start();
    await backend.settled();
    await backend.stop();
    // One of each API may be on its way still.
    const most = asked.length + 3;
    const other = await scripted(answers);
    await store.set(inputOf(other.base));
    const another = openBackend(store);
    another.start();
    await expect.poll(() => other.asked.length).toBeGreaterThan(20);
    expect(asked.length).toBeLessThanOrEqual(most);
    expect(backend.describe().state).toBe('stopped');
  });

  it('cannot be used before it is set, and says how to set it', async () => {
    const backend = openBackend(await openStore());
    expect(backend.notUsable()).toMatchObject({
      kind: 'external-not-set',
      hint: expect.stringContaining('--tempo URL'),
    });
    backend.start();
    await backend.settled();
    expect(backend.describe()).toMatchObject({ state: 'failed', problems: [{ kind: 'external-not-set' }] });
    expect(() => backend.queryEndpoint('loki')).toThrow('no address yet');
  });

  it('is content with one API: the others are lacking with their reason, and refused by name', async () => {
    const { base, asked } = await scripted(answers);
    const store = await openStore();
    expect(await store.set({ tempo: '', loki: base, prometheus: '', headers: [] })).toBeNull();
    const backend = openBackend(store);
    backend.start();
    await backend.settled();
    expect(backend.describe()).toMatchObject({
      state: 'ready',
      services: [{ name: 'loki', state: 'up' }],
      problems: [],
    });
    expect(backend.capabilities).toMatchObject({ traces: false, logs: true, metrics: false });
    expect(backend.capabilities.because.traces).toMatch(/no URL of a Tempo API: traces cannot be searched/);
    expect(backend.queryEndpoint('loki').base).toBe(base);
    expect(() => backend.queryEndpoint('tempo')).toThrow('no URL of a Tempo API');
    expect(() => backend.queryEndpoint('prometheus')).toThrow('no URL of a Prometheus API');
    const access = store.access();
    if ('kind' in access) throw new Error(access.message);
    expect(await tryExternal(access)).toMatchObject([{ name: 'loki', url: base }]);

    await store.set(inputOf(base));
    await backend.settled();
    expect(backend.capabilities).toMatchObject({ traces: true, logs: true, metrics: true });
    expect(backend.describe().services).toHaveLength(3);
    await store.set({ tempo: base, loki: '', prometheus: '', headers: [] });
    await backend.settled();
    // One may be on its way still.
    const most = asked.filter(({ path }) => path.startsWith('/loki')).length + 1;
    const askedTempo = () => asked.filter(({ path }) => path.startsWith('/api/v2')).length;
    const since = askedTempo();
    await expect.poll(askedTempo).toBeGreaterThan(since + 3);
    expect(asked.filter(({ path }) => path.startsWith('/loki')).length).toBeLessThanOrEqual(most);
  });

  it('has to have one of the three', async () => {
    const none = { tempo: '', loki: '', prometheus: '', headers: [] };
    expect(await (await openStore()).set(none)).toMatchObject({ kind: 'external-not-set' });
  });

  it('refuses destinations by name, and takes none of them', async () => {
    const backend = openBackend(await openStore());
    const sumo = { id: 'sumo', endpoint: 'https://s.example', headers: {} };
    expect(await backend.forward({ destinations: [], redaction: [] })).toBeNull();
    expect(await backend.forward({ destinations: [sumo], redaction: [] })).toMatchObject({
      kind: 'external-not-forwarding',
      message: expect.stringContaining('copied to sumo'),
    });
    expect(backend.capabilities).toMatchObject({
      storage: false,
      forwarding: false,
      lifecycle: false,
      services: false,
    });
    expect(Object.keys(backend.capabilities.because).sort()).toEqual([
      'forwarding',
      'ingest',
      'lifecycle',
      'services',
      'storage',
    ]);
  });

  it('knows no endpoint for apps unless it is given', async () => {
    const store = await openStore();
    await store.set(inputOf('http://127.0.0.1:1'));
    const backend = openBackend(store);
    expect(backend.describe().endpoints).toEqual({
      tempo: 'http://127.0.0.1:1',
      loki: 'http://127.0.0.1:1',
      prometheus: 'http://127.0.0.1:1',
    });
    await store.set(inputOf('http://127.0.0.1:1', { otlpHttp: 'http://127.0.0.1:4/v1/traces', otlpGrpc: '' }));
    expect(backend.describe().endpoints).toMatchObject({ otlpHttp: 'http://127.0.0.1:4' });
    expect(backend.describe().endpoints).not.toHaveProperty('otlpGrpc');
  });
});

describe('tryExternal', () => {
  const page = [200, '<html><title>Home</title></html>', { 'content-type': 'text/html' }] as const;

  it('says of each address what came of it, and keeps nothing', async () => {
    const certificate = issueTestCertificate('Home Lab CA');
    const [good, html, tls] = [
      await scripted({ ...answers, '/v1/traces': [401, ''] }),
      await scripted({ '*': page }),
      await scripted(answers, undefined, certificate),
    ];
    const closed = await openScriptedBackend({});
    await closed.close();
    const store = await openStore();
    const access = await store.preview(
      inputOf(good.base, { loki: html.base, prometheus: tls.base, otlpGrpc: closed.base, otlpHttp: good.base }),
    );
    if ('kind' in access) throw new Error(access.message);
    const trials = await tryExternal(access);
    expect(trials.map(({ name, problem }) => [name, problem?.kind])).toEqual([
      ['tempo', undefined],
      ['loki', 'external-not-api'],
      ['prometheus', 'external-untrusted'],
      ['otlpGrpc', 'external-unreachable'],
      ['otlpHttp', 'external-refused'],
    ]);
    expect(trials[2]!.problem?.message).toContain('Home Lab CA');
    expect(trials[4]!.problem?.hint).toContain('OTEL_EXPORTER_OTLP_HEADERS');
    expect(store.status().settings).toBeNull();
  });

  it('trusts the authority of the CA file', async () => {
    const certificate = issueTestCertificate('Home Lab CA');
    const tls = await scripted(answers, undefined, certificate);
    const caFile = join(home, 'ca.pem');
    await writeFile(caFile, `Home Lab CA\n${certificate.cert}`);
    const access = await (await openStore()).preview(inputOf(tls.base, { caFile }));
    if ('kind' in access) throw new Error(access.message);
    expect((await tryExternal(access)).map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
  });
});
