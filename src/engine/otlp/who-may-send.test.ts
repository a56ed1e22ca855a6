import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeOtlpJson } from './json/encode-otlp-json';
import { openTestReceivers, type TestReceivers } from './test-receivers';

const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', name: 'GET /' };
const json = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
const bytes = Buffer.from(encodeOtlpJson('traces', JSON.parse(json)));

let receivers: TestReceivers;
beforeEach(async () => {
  receivers = await openTestReceivers();
});
afterEach(() => receivers.close());

const post: TestReceivers['post'] = (...sent) => receivers.post(...sent);

describe('a page that sends', () => {
  const origins = [
    'http://localhost:5173',
    'https://localhost',
    'http://app.localhost:3000',
    'http://a.b.localhost',
    'https://127.0.0.1:8443',
    'http://[::1]:8080',
    'http://127.0.0.2:3000',
    'http://0.0.0.0:3000',
    'http://app.localhost.:3000',
    'HTTP://LOCALHOST:3000',
    'http://[::ffff:7f00:1]:3000',
    'tauri://localhost',
    'https://tauri.localhost',
    'app://obsidian.md',
    'app://-',
    'capacitor://localhost',
    'ionic://localhost',
    'capacitor-electron://-',
    'vscode-webview://0a1b2c3d',
    'ms-appx-web://my.app',
    'qrc://',
    'file://',
  ];

  test.each(origins)('from %s may, after asking, with and without credentials', async (origin) => {
    const asked = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-otlp-key,traceparent',
      'access-control-request-private-network': 'true',
    };
    const preflight = await post('', asked, '/v1/traces', receivers.httpPort, 'OPTIONS');
    expect(preflight).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-allow-headers': 'content-type,x-otlp-key,traceparent',
        'access-control-allow-private-network': 'true',
      },
    });
    const sent = await post(json, { origin, 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' });
    expect(sent).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': origin } });
  });

  test.each([
    'null',
    'https://evil.example',
    'http://localhost.evil.example',
    'http://evillocalhost',
    'http://127.0.0.1.nip.io',
    'tauri://evil.example',
    'http://user@localhost',
    'http://127.0.0.1.evil.example',
    'http://localhost/x',
    'capacitor://evil.example',
    'moz-extension://0a1b',
    'data:',
    'blob:null',
    'chrome-extension://abcdefghijklmnop',
    'ipfs://localhost',
    'file:///etc/passwd',
    'http://tauri.localhost.evil.example',
    'http://localhost:5173, http://evil.example',
  ])('from %s may not', async (origin) => {
    const answer = await post(json, { origin, 'content-type': 'application/json' });
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(receivers.journal).toEqual([]);
  });

  test('may send a beacon: JSON as text, and bytes without a type', async () => {
    const origin = 'http://localhost:5173';
    const text = await post(json, { origin, 'content-type': 'text/plain;charset=UTF-8' });
    expect(text).toMatchObject({ status: 200, body: '{}', headers: { 'content-type': 'application/json' } });
    expect((await post(bytes, { origin })).status).toBe(200);
    expect(await post(json, { origin })).toMatchObject({ status: 200, body: '{}' });
    expect(receivers.journal.every(({ payload }) => Buffer.from(payload).equals(bytes))).toBe(true);
  });
});

test.each([
  'host.docker.internal',
  'host.containers.internal:4318',
  'host.minikube.internal',
  'HOST.lima.internal',
  'host.rancher-desktop.internal:4318',
  'host.orb.internal',
  'host.k3d.internal:4318',
  'kubernetes.docker.internal',
  'docker.for.mac.host.internal',
])('containers and virtual machines reach the receiver as %s', async (host) => {
  expect((await post(json, { host, 'content-type': 'application/json' })).status).toBe(200);
});

test.each([
  'localhost',
  'LocalHost:4318',
  'localhost.',
  'localhost.:4318',
  'app.localhost',
  'x.y.localhost.:80',
  'otel_collector.localhost:4318',
  '127.0.0.2:4318',
  '127.255.255.254',
  '[::1]',
  '[0:0:0:0:0:0:0:1]:4318',
  '[::ffff:127.0.0.1]:4318',
  '[::FFFF:7f00:2]',
  '0.0.0.0:4318',
  '[::]:4318',
])('programs reach the receiver as %s', async (host) => {
  expect((await post(json, { host, 'content-type': 'application/json' })).status).toBe(200);
});

test.each([
  'evil.internal',
  'host.docker.internal.evil.example',
  'xhost.orb.internal',
  'localhost..',
  'evil.localhost.example.',
  '127.0.0.256',
  '127.0.0.1.evil.example.',
  '[::2]',
  '[::ffff:10.0.0.7]',
  '[fe80::1%25lo]',
  '192.168.0.1',
  'localhost:4318@evil.example',
  '2130706433',
  '127.1',
])('the host %s is refused', async (host) => {
  expect((await post(json, { host, 'content-type': 'application/json' })).status).toBe(403);
});
