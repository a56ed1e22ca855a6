import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Datasource } from './datasources';
import { openTestDoors, type TestDoors } from './test-doors';

let doors: TestDoors;
beforeEach(async () => {
  doors = await openTestDoors({
    '/api/v1/query': [200, { status: 'success', data: { resultType: 'scalar', result: [1, '2'] } }],
    '/api/v1/labels': [200, { status: 'success', data: ['job'] }],
    '/loki/api/v1/labels': [200, { status: 'success', data: ['service_name'] }],
    '/loki/api/v1/query': [400, 'parse error at line 1, col 2'],
    '/api/echo': [200, 'echo', { 'content-type': 'text/plain' }],
    '/api/search': [200, { traces: [] }, { 'content-type': 'application/json', 'set-cookie': 'a=b' }],
    '/api/v2/search/tag/resource.service.name/values': [200, { tagValues: [] }],
  });
});
afterEach(() => doors.close());

const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

describe('who may ask', () => {
  it('lets in the token, the password of the stack, and nobody else', async () => {
    const status = async (headers: Record<string, string>) => (await doors.ask('/api/user', { headers })).status;
    expect(await status({})).toBe(200);
    expect(await status(basic('admin:watchtower'))).toBe(200);
    expect(await status(basic(`api_key:${doors.token}`))).toBe(200);
    for (const wrong of ['admin:', 'admin:wrong', 'other:watchtower', `admin:${doors.token}`, 'api_key:watchtower'])
      expect(await status(basic(wrong)), wrong).toBe(401);
    for (const wrong of ['', 'Bearer', 'Bearer watchtower', `Basic ${doors.token}`])
      expect(await status({ authorization: wrong }), wrong).toBe(401);
  });

  it('says so as Grafana does, without a prompt in a browser', async () => {
    const answer = await doors.ask('/api/datasources', { headers: { authorization: 'Bearer wrong' } });
    expect(await answer.json()).toEqual({
      message: 'Invalid API key',
      messageId: 'api-key.invalid',
      statusCode: 401,
      traceID: '',
    });
    expect(answer.headers.has('www-authenticate')).toBe(false);
  });

  it('refuses names that are not this machine, and pages of other sites, whatever they know', async () => {
    const others: Record<string, string>[] = [
      { host: 'evil.example:3000' },
      { host: '127.0.0.1.evil.example' },
      { origin: 'http://evil.example' },
      { origin: 'http://localhost:5173' },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    ];
    for (const headers of others) {
      for (const path of ['/', '/api/health', '/api/user'])
        expect((await doors.ask(path, { headers })).status, JSON.stringify(headers)).toBe(403);
    }
    expect((await doors.ask('/api/user', { headers: { host: 'localhost:3000' } })).status).toBe(200);
    expect((await doors.ask('/api/user', { headers: { host: '[::1]:3000' } })).status).toBe(200);
  });

  it('tells anybody on this machine that it is up, and that it is no Grafana', async () => {
    const headers = { authorization: '' };
    const health = await (await doors.ask('/api/health', { headers })).json();
    expect(health).toEqual({ database: 'ok', version: expect.stringMatching(/^1[3-9]\./), commit: 'watchtower-1.2.3' });
    expect((await doors.ask('/bootdata', { headers })).status).toBe(200);
    const page = await doors.ask('/', { headers });
    expect(page.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await page.text()).toMatch(/This is Watchtower, not Grafana[\s\S]*http:\/\/127\.0\.0\.1:4320/);
    const linked = await doors.ask('/explore?left=1', { headers });
    expect([linked.status, await linked.text()]).toEqual([404, expect.stringContaining('not Grafana')]);
    expect(doors.calls.describe().missing).toEqual([]);
  });
});

it('has the data sources that the Docker stack provisions, by uid, name and number', async () => {
  const list = (await (await doors.ask('/api/datasources')).json()) as Datasource[];
  expect(list.map(({ uid, name, type, id, isDefault }) => [id, uid, name, type, isDefault])).toEqual([
    [1, 'prometheus', 'Prometheus', 'prometheus', true],
    [2, 'loki', 'Loki', 'loki', false],
    [3, 'tempo', 'Tempo', 'tempo', false],
  ]);
  expect(list[2]!.jsonData).toMatchObject({
    tracesToLogsV2: { query: `{\${__tags}} | trace_id = "\${__trace.traceId}"` },
  });
  for (const path of ['uid/tempo', 'name/tempo', 'name/Tempo', '3'])
    expect(await (await doors.ask(`/api/datasources/${path}`)).json(), path).toMatchObject({ id: 3, uid: 'tempo' });
  expect(await (await doors.ask('/api/datasources/id/Loki')).json()).toEqual({ id: 2 });
  for (const path of ['uid/mimir', 'name/Mimir', '9', 'uid/mimir/health']) {
    const answer = await doors.ask(`/api/datasources/${path}`);
    expect([answer.status, await answer.json()], path).toEqual([
      404,
      { message: 'Data source not found', traceID: '' },
    ]);
  }
});

it('tells the health of each by asking its API', async () => {
  const health = async (uid: string) => {
    const answer = await doors.ask(`/api/datasources/uid/${uid}/health`);
    return [answer.status, await answer.json()];
  };
  expect(await health('prometheus')).toEqual([
    200,
    { status: 'OK', message: 'Successfully queried the Prometheus API.' },
  ]);
  expect(await health('tempo')).toEqual([200, { status: 'OK', message: 'Data source is working' }]);
  expect(await health('loki')).toEqual([400, { status: 'ERROR', message: 'parse error at line 1, col 2' }]);
});

it('tells clients who they are and what is there before they ask for data', async () => {
  const settings = await (await doors.ask('/api/frontend/settings/')).json();
  expect(settings).toMatchObject({
    appUrl: 'http://127.0.0.1:3000/',
    namespace: 'default',
    defaultDatasource: 'Prometheus',
    datasources: { Loki: { id: 2, uid: 'loki', type: 'loki' } },
  });
  const answers = async (path: string) => (await doors.ask(path)).json();
  expect(await answers('/bootdata')).toMatchObject({ settings: { namespace: 'default' } });
  expect(await answers('/api/org')).toMatchObject({ id: 1, name: 'Main Org.' });
  expect(await answers('/api/search?type=dash-db')).toEqual([]);
  expect(await answers('/apis')).toMatchObject({ groups: [] });
  const plugins = (await answers('/api/plugins?type=datasource')) as { id: string }[];
  expect(plugins.map(({ id }) => id)).toEqual(['loki', 'prometheus', 'tempo']);
  expect((await doors.ask('/api/plugins/grafana-irm-app/settings')).status).toBe(404);
});

describe('the ways through', () => {
  const passed = async (path: string, init?: RequestInit) => {
    const answer = await doors.ask(path, init);
    return [answer.status, doors.api.asked.at(-1)?.path];
  };

  it('lead to the API, by uid or number, with what it is asked and nothing of who asks', async () => {
    const answer = await doors.ask('/api/datasources/proxy/uid/tempo/api/search?q=%7B%7D&limit=3', {
      headers: { cookie: 'grafana_session=1', accept: 'application/json' },
    });
    expect(await answer.json()).toEqual({ traces: [] });
    expect(answer.headers.has('set-cookie')).toBe(false);
    const [asked] = doors.api.asked;
    expect([...asked!.parameters]).toEqual([
      ['q', '{}'],
      ['limit', '3'],
    ]);
    expect(asked!.headers).not.toHaveProperty('authorization');
    expect(asked!.headers).not.toHaveProperty('cookie');
    expect(await passed('/api/datasources/proxy/2/loki/api/v1/labels')).toEqual([200, '/loki/api/v1/labels']);
    expect(await passed('/api/datasources/proxy/uid/mimir/api/v1/labels')).toEqual([404, '/loki/api/v1/labels']);
  });

  it('take forms by POST, and keep an escaped slash in a name', async () => {
    const body = new URLSearchParams({ 'match[]': 'up' });
    expect(await passed('/api/datasources/uid/prometheus/resources/api/v1/labels', { method: 'POST', body })).toEqual([
      200,
      '/api/v1/labels',
    ]);
    expect(doors.api.asked.at(-1)!.parameters.get('match[]')).toBe('up');
    await doors.ask('/api/datasources/proxy/uid/tempo/api/v2/search/tag/a%2Fb/values');
    expect(doors.api.asked.at(-1)!.path).toBe('/api/v2/search/tag/a%2Fb/values');
  });

  it('know the short paths of Grafana’s plugins', async () => {
    expect(await passed('/api/datasources/uid/loki/resources/labels')).toEqual([200, '/loki/api/v1/labels']);
    expect(await passed('/api/datasources/uid/loki/resources/loki/api/v1/labels')).toEqual([
      200,
      '/loki/api/v1/labels',
    ]);
    expect(await passed('/api/datasources/uid/tempo/resources/tag-values/resource.service.name')).toEqual([
      200,
      '/api/v2/search/tag/resource.service.name/values',
    ]);
    const before = doors.api.asked.length;
    expect((await doors.ask('/api/datasources/uid/loki/resources/config')).status).toBe(404);
    expect(doors.api.asked).toHaveLength(before);
  });

  it('only read, and end at the API', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect((await doors.ask('/api/datasources/proxy/uid/loki/loki/api/v1/labels', { method })).status).toBe(403);
    for (const path of ['watchtower/export', '%77atchtower/export', 'api/..%2fwatchtower/export', '/watchtower/export'])
      expect((await doors.ask(`/api/datasources/proxy/uid/tempo/${path}`)).status, path).not.toBe(200);
    expect(doors.api.asked.map(({ path }) => path).filter((path) => /^\/+(?:%77|w)atchtower/i.test(path))).toEqual([]);
  });

  it('say in Grafana’s shape that the API does not answer', async () => {
    await doors.close();
    const answer = await doors.ask('/api/datasources/proxy/uid/loki/loki/api/v1/labels');
    expect([answer.status, await answer.json()]).toEqual([
      502,
      { message: expect.stringContaining('The data source does not answer'), traceID: '' },
    ]);
    expect(doors.faults).toEqual([]);
  });
});

it('answers with the MCP server of agents where Tempo has its own, by the token alone, and no web page', async () => {
  const path = '/api/datasources/proxy/uid/tempo/api/mcp';
  const post = (headers: Record<string, string> = {}) => doors.ask(path, { method: 'POST', body: '{}', headers });
  expect(await (await post()).text()).toBe('mcp POST {}');
  expect((await doors.ask(path, { method: 'DELETE' })).status).toBe(200);
  const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
  expect((await post(basic(`api_key:${doors.token}`))).status).toBe(200);
  const refused = await post(basic('admin:watchtower'));
  expect([refused.status, await refused.text()]).toEqual([401, expect.stringContaining('not the password')]);
  expect((await post({ authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await post({ origin: 'http://127.0.0.1:3000' })).status).toBe(403);
  await post();
  expect(doors.api.asked.map((each) => each.path)).toEqual([]);
});

it('names what is not there, in Grafana’s shape, and counts it', async () => {
  const asked = async (method: string, path: string) => {
    const answer = await doors.ask(path, { method });
    return [answer.status, ((await answer.json()) as { message: string }).message];
  };
  expect(await asked('GET', '/api/annotations?limit=1')).toEqual([
    404,
    expect.stringContaining('does not answer GET /api/annotations'),
  ]);
  await asked('GET', '/api/annotations');
  expect((await asked('POST', '/api/datasources'))[0]).toBe(501);
  expect(doors.calls.describe().missing).toEqual([
    { call: 'GET /api/annotations', count: 2 },
    { call: 'POST /api/datasources', count: 1 },
  ]);
});
