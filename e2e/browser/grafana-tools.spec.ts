import { expect, test } from '@playwright/test';
import type { GrafanaAccess, GrafanaDoors } from '../../src/shared/contract/grafana-doors';
import { gcxCalls } from '../grafana/gcx-calls';
import { mcpGrafanaCalls } from '../grafana/mcp-grafana-calls';
import { newSpanId, newTraceId, sendHistogram, sendLog, sendSpans } from '../send-otlp';
import { startHost, type TestHost } from '../start-host';

/** What the recorded calls ask about. */
const traceId = newTraceId();
const spanId = newSpanId();

let host: TestHost;
let doors: GrafanaDoors & GrafanaAccess;
test.beforeAll(async () => {
  host = await startHost();
  const { stdout, stderr } = await host.cli('grafana', 'on', '--json');
  if (!stdout) throw new Error(stderr);
  doors = JSON.parse(stdout) as typeof doors;
  const { http } = host.otlp;
  await sendSpans(http, [{ traceId, spanId, service: 'shop', name: 'place-order', error: 'no stock' }]);
  await sendLog(http, { service: 'shop', body: 'no stock left', traceId, spanId, severity: 17 });
  await sendHistogram(http, { service: 'shop', name: 'checkout.duration', count: 3, traceId, spanId });
  // Everything acknowledged is visible.
  expect((await fetch(`${host.tempo}/watchtower/settled?timeout=30000`)).status).toBe(200);
});
test.afterAll(() => host.stop());

test("the calls of mcp-grafana, gcx and OATs are answered as they read them, by the token and by the stack's password", async () => {
  expect(doors.state).toBe('open');
  const calls = [...mcpGrafanaCalls(traceId), ...gcxCalls(traceId)];
  const basic = `Basic ${Buffer.from(`${doors.user}:${doors.password}`).toString('base64')}`;
  for (const { tool, does, method = 'GET', path, headers, form, json, status = 200, answer } of calls) {
    await test.step(`${tool}: ${does}`, async () => {
      const body = form ? new URLSearchParams(form).toString() : json && JSON.stringify(json);
      const response = await fetch(`${doors.url}${path}`, {
        method,
        headers: {
          authorization: tool === 'mcp-grafana' ? `Bearer ${doors.token}` : basic,
          ...(body && { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
          ...headers,
        },
        ...(body && { body }),
      });
      expect(response.status, `${method} ${path}`).toBe(status);
      expect(await response.json(), `${method} ${path}`).toEqual(answer);
    });
  }
});

test('what the tools ask in vain is told, and who has the port', async () => {
  await fetch(`${doors.url}/api/dashboards/home`, { headers: { authorization: `Bearer ${doors.token}` } });
  const told = await host.cli('grafana');
  expect(told.stdout).toContain('GET /api/dashboards/home (1)');
  expect(told.stdout).toContain(`export GRAFANA_URL=${doors.url} GRAFANA_SERVICE_ACCOUNT_TOKEN=${doors.token}`);
  // Without the organisation gcx refuses the variables.
  expect(told.stdout).toContain(`export GRAFANA_SERVER=${doors.url} GRAFANA_TOKEN=${doors.token} GRAFANA_ORG_ID=1`);
  expect((await host.cli('status')).stdout).toContain(`doors open at ${doors.url}`);
  expect((await host.cli('doctor')).stdout).toContain(`Grafana's doors: Open at ${doors.url}`);
  expect((await host.cli('grafana', 'off')).stdout).toMatch(/^doors\s+off/);
  await expect(fetch(`${doors.url}/api/health`)).rejects.toThrow();
});
