import { afterEach, describe, expect, it } from 'vitest';
import { issueTestCertificate } from '../../tls/issue-test-certificate';
import { LokiClient } from '../loki-client';
import { PrometheusClient } from '../prometheus-client';
import { TempoClient } from '../tempo-client';
import type { QueryEndpoint } from './query-endpoint';
import { openScriptedBackend, type ScriptedBackend } from './scripted-backend';

const window = { from: 1_700_000_000_500, to: 1_700_000_900_200 };
let backend: ScriptedBackend | undefined;
afterEach(async () => {
  await backend?.close();
  backend = undefined;
});

async function open(...script: Parameters<typeof openScriptedBackend>) {
  backend = await openScriptedBackend(...script);
  return backend;
}

const page = '<!DOCTYPE html><html><head><title>Welcome home</title></head></html>';
const none = { kind: 'unavailable' };

describe('an endpoint with a path and headers', () => {
  const headers = { Authorization: 'Bearer s3cret-token', 'X-Api-Key': 'k3y-of-mine' };
  const sent = {
    authorization: 'Bearer s3cret-token',
    'x-api-key': 'k3y-of-mine',
    'x-scope-orgid': 'team-a',
  };

  it('is asked under its path, with its headers and its tenant, by GET and by POST', async () => {
    const { base, asked } = await open({
      '/gateway/tempo/api/search': [200, { traces: [] }],
      '/gateway/loki/loki/api/v1/query_range': [200, { data: { resultType: 'streams', result: [] } }],
      '/prometheus/api/v1/query': [200, { data: { resultType: 'vector', result: [] } }],
    });
    const to = (path: string) => (): QueryEndpoint => ({ base: `${base}${path}`, headers, tenant: 'team-a' });
    await new TempoClient(to('/gateway/tempo')).search('{}', window, 1);
    await new LokiClient(to('/gateway/loki')).query('', window, 1, 'backward');
    await new PrometheusClient(to('/prometheus')).query('up', 1);
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST']);
    // Nothing is packed that stays on this machine.
    for (const each of asked) expect(each.headers).toMatchObject({ ...sent, 'accept-encoding': 'identity' });
    expect(asked[2]!.parameters.get('query')).toBe('up');
  });

  it('is tailed under its path, with its headers and its tenant', async () => {
    const { base, asked, sockets } = await open({});
    const stop = new AbortController();
    const endpoint = { base: `${base}/gateway/loki`, headers, tenant: 'team-a' };
    const first = new LokiClient(() => endpoint).tail('{a="b"}', stop.signal).next();
    await expect.poll(() => sockets.length).toBe(1);
    stop.abort();
    await first;
    expect(asked[0]).toMatchObject({ method: 'UPGRADE', path: '/gateway/loki/loki/api/v1/tail', headers: sent });
  });

  it('reads where to ask at each request', async () => {
    const { base, asked } = await open({ '*': [200, { traces: [] }] });
    let endpoint: QueryEndpoint = { base };
    const tempo = new TempoClient(() => endpoint);
    await tempo.search('{}', window, 1);
    endpoint = { base: `${base}/new`, headers: { 'X-Api-Key': 'another' } };
    await tempo.search('{}', window, 1);
    expect(asked.map(({ path, headers }) => [path, headers['x-api-key']])).toEqual([
      ['/api/search', undefined],
      ['/new/api/search', 'another'],
    ]);
  });
});

describe('what is no answer of the API', () => {
  const html = { 'content-type': 'text/html; charset=utf-8' };

  it.each([
    [
      'a web page',
      [200, page, html],
      /web page answered at .* "Welcome home": is this the API's address\?/,
      /address of the API/,
    ],
    ['a web page of status 404', [404, page, html], /web page/, /address of the API/],
    ['a Grafana', [200, page.replace('Welcome home', 'Grafana'), html], /A Grafana answered/, /datasources\/proxy/],
    ['a gateway without what is behind it', [502, page, html], /gateway answered .* status 502/, /behind it/],
    ['nothing under this path', [404, '404 page not found'], /nothing at \/api\/v1\/query \(404\)/, /\/prometheus/],
    ['JSON of something else', [200, { hello: 'world' }], /not the API/, /address of the API/],
    ['text', [200, 'OK'], /not the API/, /address of the API/],
    [
      'HTTP where TLS is wanted',
      [400, 'Client sent an HTTP request to an HTTPS server.\n'],
      /speaks TLS/,
      /https:\/\//,
    ],
    [
      'nobody without a header',
      [401, '', { 'www-authenticate': 'Basic realm="x"' }],
      /who asks \(401\), and no header/,
      /Authorization: Basic/,
    ],
    ['nobody without a tenant', [401, 'no org id\n'], /tenant \(401\): X-Scope-OrgID is not set/, /tenant/],
  ] as const)('says what answered: %s', async (_, answer, message, hint) => {
    const { base } = await open({ '*': answer });
    await expect(new PrometheusClient(() => ({ base })).query('up', 1)).rejects.toMatchObject({
      ...none,
      status: answer[0],
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it('names the headers that are refused, and shows no value of them, however the server repeats them', async () => {
    const password = Buffer.from('user:pass-w0rd').toString('base64');
    const endpoint = { headers: { Authorization: `Basic ${password}`, 'X-Api-Key': 'k3y-of-mine' }, tenant: 'team-a' };
    const said = `key k3y-of-mine, ${password}, pass-w0rd and team-a are unknown`;
    const { base } = await open({ '/api/search': [401, said], '/api/v2/search/tags': [403, { message: said }] });
    const tempo = new TempoClient(() => ({ base, ...endpoint }));
    const failures = await Promise.all(
      [tempo.search('{}', window, 1), tempo.tagNames()].map((answer) => answer.then(null, (error: Error) => error)),
    );
    expect(failures[0]).toMatchObject({
      message: `${base} does not accept the headers Authorization and X-Api-Key and X-Scope-OrgID (401). "key ***, ***, *** and team-a are unknown"`,
    });
    expect(failures[1]).toMatchObject({ message: expect.stringMatching(/refuses \(403\) what .*X-Api-Key/) });
    expect(JSON.stringify(failures.map((each) => ({ ...each, message: (each as Error).message })))).not.toMatch(
      new RegExp(`k3y-of-mine|${password}|pass-w0rd`),
    );
  });

  it('masks secrets in what is said about a query as well', async () => {
    const { base } = await open({ '/api/v1/query': [400, { error: 'no k3y-of-mine here' }] });
    const client = new PrometheusClient(() => ({ base, headers: { 'X-Api-Key': 'k3y-of-mine' } }));
    await expect(client.query('up', 1)).rejects.toMatchObject({ kind: 'refused', message: 'no *** here' });
  });

  it('follows no redirect: the headers would go elsewhere', async () => {
    const elsewhere = await openScriptedBackend({ '*': [200, { traces: [] }] });
    const { base } = await open({ '*': [302, '', { location: `${elsewhere.base}/login?token=s3cret` }] });
    const client = new TempoClient(() => ({ base, headers: { 'X-Api-Key': 'k3y-of-mine' } }));
    await expect(client.search('{}', window, 1)).rejects.toMatchObject({
      message: expect.stringContaining(`${base} redirects to ${elsewhere.base} (302)`),
      hint: expect.stringContaining('sign-in'),
    });
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.close();
  });

  it('says that nothing listens, and that the port speaks another protocol', async () => {
    const closed = await openScriptedBackend({});
    await closed.close();
    await expect(new PrometheusClient(() => closed).query('up', 1)).rejects.toMatchObject({
      message: expect.stringMatching(/does not answer: .*ECONNREFUSED/),
    });
    const certificate = issueTestCertificate('Home Lab CA');
    const { base } = await open({}, undefined, certificate);
    const plain = new PrometheusClient(() => ({ base: base.replace('https', 'http') }));
    await expect(plain.query('up', 1)).rejects.toMatchObject({ hint: expect.stringContaining('does http belong') });
  });
});

describe('a certificate of a private authority', () => {
  const certificate = issueTestCertificate('Home Lab CA');
  const untrusted = {
    ...none,
    message: expect.stringMatching(/^The certificate of 127\.0\.0\.1:\d+, issued by "Home Lab CA", is not trusted/),
    hint: expect.stringMatching(/NODE_EXTRA_CA_CERTS=FILE.*CA file of this backend/),
  };

  it('is named with its issuer and the two ways to trust it, by requests and by tails', async () => {
    const { base } = await open({}, undefined, certificate);
    await expect(new PrometheusClient(() => ({ base })).query('up', 1)).rejects.toMatchObject(untrusted);
    const { signal } = new AbortController();
    await expect(new LokiClient(() => ({ base })).tail('', signal).next()).rejects.toMatchObject(untrusted);
  });

  it('is trusted where its authority is given, by requests and by tails', async () => {
    const { base, sockets } = await open({ '/api/search': [200, { traces: [] }] }, undefined, certificate);
    const endpoint = { base, ca: certificate.cert };
    expect((await new TempoClient(() => endpoint).search('{}', window, 1)).traces).toEqual([]);
    const stop = new AbortController();
    const first = new LokiClient(() => endpoint).tail('', stop.signal).next();
    await expect.poll(() => sockets.length).toBe(1);
    stop.abort();
    await first;
    const another = issueTestCertificate('Another CA').cert;
    await expect(new TempoClient(() => ({ base, ca: another })).tagNames()).rejects.toMatchObject({
      hint: 'The CA file of this backend holds no authority that issued it.',
    });
  });
});

describe('a tail where no WebSocket is given', () => {
  const line = (ns: string, text = 'x') => ({ stream: { service_name: 'shop' }, values: [[ns, text]] });
  const lines = (...result: object[]) => [200, { data: { resultType: 'streams', result } }] as const;

  it.each([
    [404, '404 page not found'],
    [403, 'forbidden'],
    [426, 'Upgrade Required'],
    [400, "Bad Request\nwebsocket: the client is not using the websocket protocol: 'upgrade' token not found"],
  ])('polls the lines instead, whatever the gateway answers: %s', async (...refusal) => {
    const { base } = await open({ '/loki/api/v1/query_range': lines(line('4000000000000000001')) }, refusal);
    const stop = new AbortController();
    const tail = new LokiClient(() => ({ base })).tail('', stop.signal);
    expect((await tail.next()).value).toEqual({ records: [], dropped: 0, opened: true });
    expect((await tail.next()).value).toMatchObject({ records: [{ timeNs: '4000000000000000001' }], dropped: 0 });
    stop.abort();
    expect((await tail.next()).done).toBe(true);
  });

  it('polls the traces instead, where a Tempo has no tail', async () => {
    const { base, asked } = await open({ '/api/search': [200, { traces: [] }] }, [404, '404 page not found']);
    const stop = new AbortController();
    const tail = new TempoClient(() => ({ base })).tail('{ status = error }', stop.signal);
    expect((await tail.next()).value).toEqual({ traces: [], dropped: 0, opened: true });
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['UPGRADE /api/tail', 'GET /api/search']);
    expect(asked[1]!.parameters.get('q')).toBe('{ status = error } with (most_recent=true)');
    stop.abort();
  });

  it('says what the requests say, where these are refused as well', async () => {
    const { base } = await open({ '*': [401, 'no org id'] }, [404, '404 page not found']);
    const { signal } = new AbortController();
    const refused = { message: expect.stringContaining('X-Scope-OrgID is not set') };
    await expect(new LokiClient(() => ({ base })).tail('', signal).next()).rejects.toMatchObject(refused);
    await expect(new TempoClient(() => ({ base })).tail('', signal).next()).rejects.toMatchObject(refused);
  });

  it('refuses to follow a query of metrics, which has no lines', async () => {
    const answer = { data: { resultType: 'matrix', result: [] } };
    const { base } = await open({ '/loki/api/v1/query_range': [200, answer] }, [404, '']);
    const { signal } = new AbortController();
    const tail = new LokiClient(() => ({ base })).tail('rate({a="b"}[1m])', signal);
    await expect(tail.next()).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('no lines') });
  });
});

describe('services of a backend without our extension', () => {
  it.each([
    ['a web page', [200, page, { 'content-type': 'text/html' }]],
    ['a refusal', [403, 'this path is not allowed']],
    ['a method that is not allowed', [405, '']],
    ['a redirect', [302, '', { location: '/login' }]],
  ] as const)('come from TraceQL, where the gateway answers with %s', async (_, answer) => {
    const labels = [{ key: 'resource.service.name', value: { stringValue: 'shop' } }];
    const { base } = await open({
      '/watchtower/services': answer,
      '/api/metrics/query': [200, { series: [{ labels, value: 2 }] }],
    });
    const services = await new TempoClient(() => ({ base })).services(window, { parts: 0 });
    expect(services).toMatchObject([{ name: 'shop', spans: 2 }]);
  });
});
