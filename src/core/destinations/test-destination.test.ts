import { type AddressInfo, createServer } from 'node:net';
import protobuf from 'protobufjs';
import { afterEach, describe, expect, it } from 'vitest';
import { issueTestCertificate } from '../tls/issue-test-certificate';
import { startScriptedEndpoint } from './scripted-endpoint';
import { testDestination } from './test-destination';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

type Answer = Parameters<typeof startScriptedEndpoint>[0];

async function endpoint(answer: Answer, tls?: { key: string; cert: string }) {
  const started = await startScriptedEndpoint(answer, tls);
  open.push(started);
  return started;
}

const answerWith =
  (status: number, body: string | Buffer = '', type = 'application/x-protobuf'): Answer =>
  (response) =>
    response.writeHead(status, { 'Content-Type': type }).end(body);

const token = 'CANARY-token-1';
const sumo = (url: string) => ({
  kind: 'sumo' as const,
  endpoint: `${url}/receiver/v1/otlp`,
  headers: { 'x-sumo-token': token },
});

const { root } = protobuf.parse(`syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message KeyValue { string key = 1; Value value = 2; }
  message Value { string string_value = 1; }
  message Span { bytes trace_id = 1; bytes span_id = 2; string name = 5; int32 kind = 6;
    fixed64 start = 7; fixed64 end = 8; repeated KeyValue attributes = 9; }
  message Response { Partial partial_success = 1; }
  message Partial { int64 rejected_spans = 1; string error_message = 2; }
  message Status { int32 code = 1; string message = 2; }`);
const encode = (type: string, fields: object) => Buffer.from(root.lookupType(type).encode(fields).finish());

describe('testDestination', () => {
  it('sends one whole span with the headers, and says that it was accepted', async () => {
    const { url, requests } = await endpoint(answerWith(200));
    const result = await testDestination(sumo(url));
    expect(result).toMatchObject({ ok: true, status: 200, message: 'HTTP 200. The span was accepted.' });
    expect(result.hint).toContain('Sumo Logic');
    const [{ method, path, headers, body }] = requests as [(typeof requests)[number]];
    expect([method, path]).toEqual(['POST', '/receiver/v1/otlp/v1/traces']);
    expect(headers).toMatchObject({ 'x-sumo-token': token, 'content-type': 'application/x-protobuf' });
    const request = root.lookupType('Request').decode(body).toJSON();
    const [{ resource, scopeSpans }] = request.resourceSpans;
    expect(resource.attributes).toEqual([{ key: 'service.name', value: { stringValue: 'watchtower' } }]);
    const [span] = scopeSpans[0].spans;
    expect(span).toMatchObject({ name: 'watchtower.test', kind: 1 });
    expect(Buffer.from(span.traceId, 'base64')).toHaveLength(16);
    expect(Buffer.from(span.spanId, 'base64')).toHaveLength(8);
    expect(Math.abs(Number(span.end) / 1e6 - Date.now())).toBeLessThan(60_000);
    expect(Number(span.end)).toBeGreaterThan(Number(span.start));
  });

  it('tells a success that dropped the span from one that only warns', async () => {
    const rejecting = encode('Response', { partialSuccess: { rejectedSpans: 1, errorMessage: 'too old' } });
    const { url } = await endpoint(answerWith(200, rejecting));
    expect(await testDestination(sumo(url))).toMatchObject({
      ok: false,
      status: 200,
      message: 'HTTP 200, but it rejected the span. "too old"',
    });
    const warning = encode('Response', { partialSuccess: { rejectedSpans: 0, errorMessage: 'use TLS' } });
    const warned = await endpoint(answerWith(200, warning));
    expect(await testDestination(sumo(warned.url))).toMatchObject({
      ok: true,
      message: expect.stringContaining('It warns: "use TLS"'),
    });
  });

  it('reads JSON answers too', async () => {
    const body = JSON.stringify({ partialSuccess: { rejectedSpans: '1', errorMessage: 'no' } });
    const { url } = await endpoint(answerWith(200, body, 'application/json'));
    expect(await testDestination(sumo(url))).toMatchObject({ ok: false, message: expect.stringContaining('"no"') });
    const empty = await endpoint(answerWith(200, '{}', 'application/json'));
    expect(await testDestination(sumo(empty.url))).toMatchObject({ message: 'HTTP 200. The span was accepted.' });
  });

  it('takes a web page for no OTLP endpoint', async () => {
    const { url } = await endpoint(answerWith(200, '<html>Sign in</html>', 'text/html'));
    expect(await testDestination(sumo(url))).toMatchObject({ ok: false, message: 'HTTP 200, but with a web page.' });
  });

  it.each([
    [400, /could not read/, /receiver\/v1\/otlp/],
    [401, /does not accept the token/, /presigned URL/],
    [403, /may not send here/, /enabled/],
    [404, /Nothing takes OTLP/, /receiver\/v1\/otlp/],
    [405, /Nothing takes OTLP/, /receiver\/v1\/otlp/],
    [408, /in time/, /again/],
    [413, /too big/, /proxy/],
    [415, /protobuf with gzip/, /receiver\/v1\/otlp/],
    [418, /refuses the span/, /receiver\/v1\/otlp/],
    [429, /quota or rate/, /ingest/],
    [500, /fault of its own/, /status page/],
    [503, /fault of its own/, /status page/],
  ])('explains HTTP %i and quotes the server', async (status, message, hint) => {
    const { url } = await endpoint(
      answerWith(status, encode('Status', { code: 3, message: `no\u001b[31m:\n${token}` })),
    );
    const result = await testDestination(sumo(url));
    expect(result).toMatchObject({ ok: false, status });
    expect(result.message).toMatch(message);
    expect(result.message).toContain('"no [31m: ***"');
    expect(result.hint).toMatch(hint);
  });

  it('gives the hint that fits the kind', async () => {
    const { url } = await endpoint(answerWith(401, '{"message":"invalid token"}', 'application/json'));
    const hintFor = async (kind: 'grafana-cloud' | 'otlp') =>
      (await testDestination({ kind, endpoint: url, headers: {} })).hint;
    expect(await hintFor('grafana-cloud')).toContain('instance id');
    expect(await hintFor('otlp')).toContain('headers');
  });

  it('does not follow a redirect, and names its origin only', async () => {
    const elsewhere = await endpoint(answerWith(200));
    const { url } = await endpoint((response) =>
      response.writeHead(307, { Location: `${elsewhere.url}/receiver/v1/otlp/CANARY` }).end(),
    );
    const result = await testDestination(sumo(url));
    expect(result).toMatchObject({ ok: false, status: 307, hint: expect.stringContaining('trust') });
    expect(result.message).toContain(`It points to ${elsewhere.url}.`);
    expect(result.message).not.toContain('CANARY');
    expect(elsewhere.requests).toHaveLength(0);
  });

  it('names what was not found and what refused the connection', async () => {
    expect(await testDestination(sumo('https://nowhere.invalid'))).toMatchObject({
      ok: false,
      status: null,
      message: 'The name nowhere.invalid was not found.',
    });
    const { url, close } = await startScriptedEndpoint(answerWith(200));
    await close();
    const result = await testDestination(sumo(url), { environment: { HTTPS_PROXY: 'http://proxy:3128' } });
    expect(result.message).toBe(`Nothing listens at ${new URL(url).host}: the connection was refused.`);
    expect(result.hint).toContain('HTTPS_PROXY');
  });

  it('names the issuer of a certificate that is not trusted, and sends nothing to it', async () => {
    const { url, requests } = await endpoint(answerWith(200), issueTestCertificate('Acme Proxy CA'));
    const result = await testDestination(sumo(url));
    expect(result).toMatchObject({ ok: false, status: null, hint: expect.stringContaining('NODE_EXTRA_CA_CERTS') });
    expect(result.message).toMatch(/issued by "Acme Proxy CA", is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
    expect(requests).toHaveLength(0);
  });

  it('tells https on an http port, and http on an https port', async () => {
    const plain = await endpoint(answerWith(200));
    expect(await testDestination(sumo(plain.url.replace('http', 'https')))).toMatchObject({
      ok: false,
      message: expect.stringContaining('does not speak TLS'),
      hint: expect.stringContaining('http://'),
    });
    const secure = await endpoint(answerWith(200), issueTestCertificate('CA'));
    expect(await testDestination(sumo(secure.url.replace('https', 'http')))).toMatchObject({
      ok: false,
      message: expect.stringContaining('broke the connection off'),
    });
  });

  it('gives up on a server that accepts and hangs, or never ends its answer', async () => {
    const silent = await endpoint(() => {});
    expect(await testDestination(sumo(silent.url), { timeoutMs: 200 })).toMatchObject({
      ok: false,
      status: null,
      message: expect.stringContaining('no answer in time'),
    });
    const dripping = await endpoint((response) => response.writeHead(200).write('x'));
    expect((await testDestination(sumo(dripping.url), { timeoutMs: 200 })).status).toBeNull();
  });

  it('reads no more of an endless answer than it shows', async () => {
    const { url } = await endpoint((response) =>
      response.writeHead(500, { 'Content-Type': 'text/plain' }).write('e'.repeat(1e6)),
    );
    const result = await testDestination(sumo(url));
    expect(result.status).toBe(500);
    expect(result.message.length).toBeLessThan(500);
  });

  it('says when the connection is cut without an answer', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    const result = await testDestination(sumo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    expect(result.message).toContain('broke the connection off');
  });
});
