import { expect, test } from '@playwright/test';
import { firstOfTail } from '../first-of-tail';
import { type KeyProxy, startKeyProxy } from '../key-proxy';
import { newSpanId, newTraceId, sendLog, sendSpans } from '../send-otlp';
import { startHost, type TestHost } from '../start-host';

// A Watchtower on the three APIs of another one, behind a gateway that wants a key; and on wrong addresses.

const key = 'k3y-of-the-gateway';
let theirs: TestHost;
let ours: TestHost;
let gateway: KeyProxy;
test.beforeAll(async () => {
  theirs = await startHost();
  ours = await startHost(undefined, { GATEWAY_KEY: key });
  const { tempo, loki, prometheus } = theirs;
  gateway = await startKeyProxy({ tempo, loki, prometheus }, 'X-Api-Key', key);
});
test.afterAll(async () => {
  await gateway.close();
  await ours.stop();
  await theirs.stop();
});

const addresses = () => ['tempo', 'loki', 'prometheus'].flatMap((api) => [`--${api}`, `${gateway.base}/${api}`]);

test('says which API wants a key, and answers with it: queries, tails, traces, services', async () => {
  const refused = await ours.cli('backend', 'external', ...addresses());
  expect(refused.code, refused.stderr).toBe(1);
  expect(refused.stdout).toContain(`${gateway.base}/loki wants to know who asks (401), and no header is set.`);

  const set = await ours.cli('backend', 'external', '--header-env', 'X-Api-Key=GATEWAY_KEY');
  expect(set, set.stderr).toMatchObject({ code: 0 });
  expect(set.stdout.match(/✓/g)).toHaveLength(3);

  const traceId = newTraceId();
  const spanId = newSpanId();
  await sendSpans(theirs.otlp.http, [{ traceId, spanId, service: 'their-shop', name: 'checkout' }]);
  await sendLog(theirs.otlp.http, { service: 'their-shop', body: 'the order was placed', traceId, spanId });
  const asked = async (...query: string[]) => (await ours.cli('query', ...query, '--json')).stdout;
  await expect.poll(() => asked('traces', '{ resource.service.name = "their-shop" }')).toContain(traceId);
  await expect.poll(() => asked('logs', '{service_name="their-shop"}')).toContain('the order was placed');
  expect(await asked('metrics', 'up')).toContain('watchtower');
  expect((await ours.cli('trace', traceId)).stdout).toContain('checkout');

  const line = await firstOfTail(ours, 'logs', () =>
    sendLog(theirs.otlp.http, { service: 'their-shop', body: 'live', traceId, spanId }),
  );
  expect(JSON.parse(line)).toMatchObject({ line: 'live', service: 'their-shop', traceId });
  const trace = await firstOfTail(ours, 'traces', () =>
    sendSpans(theirs.otlp.http, [{ service: 'their-shop', name: 'live span' }]),
  );
  expect(JSON.parse(trace)).toMatchObject({ rootService: 'their-shop' });
});

test('is named in status and doctor, has nothing to send to, and shows the key nowhere', async () => {
  const status = await ours.cli('status');
  expect(status.stdout).toMatch(/backend +external, ready/);
  expect(status.stdout).toContain('none: this backend only answers queries');
  const doctor = await ours.cli('doctor');
  expect(doctor.stdout).toContain(`Tempo API: ${gateway.base}/tempo answers.`);
  const env = await ours.cli('env');
  expect([env.code, env.stdout]).toEqual([1, '']);
  expect(env.stderr).toContain('only answers queries');
  const down = await ours.cli('down');
  expect(down.code).toBe(1);
  expect(down.stderr).toContain('Somebody else runs it');
  const diagnostics = await ours.cli('status', '--json');
  for (const said of [status, doctor, env, down, diagnostics]) expect(said.stdout + said.stderr).not.toContain(key);
});

test('says in status where what apps send is kept, and has no services to look at', async () => {
  const status = await ours.cli('status');
  expect(status.stdout).toContain('off: what apps send is kept by the external backend');
  expect(status.stdout).not.toContain('leaves this machine');
  for (const command of [
    ['logs', 'loki'],
    ['restart', 'loki'],
  ]) {
    const refused = await ours.cli(...command);
    expect(refused.code, command.join(' ')).toBe(1);
    expect(refused.stderr).toContain('The external backend has no single services to look at. Somebody else runs them');
    expect(refused.stderr).toContain('--backend docker');
  }
});

test('the panel shows what the other one keeps', async ({ page }) => {
  await page.goto(ours.ui.replace('/?', '/traces?'));
  await expect(page.getByText('their-shop').first()).toBeVisible();
});

test('goes on with one API alone: what the others would answer is refused by name, and greyed in the panel', async ({
  page,
}) => {
  const one = await ours.cli('backend', 'external', '--loki', '', '--prometheus', '');
  expect(one, one.stdout + one.stderr).toMatchObject({ code: 0 });
  expect(one.stdout.match(/✓/g)).toHaveLength(1);
  const status = await ours.cli('status');
  expect(status.stdout).toMatch(/backend +external, ready/);
  expect(status.stdout).toContain('Loki (none)');
  for (const command of [
    ['query', 'logs', '{service_name="their-shop"}'],
    ['tail', 'logs'],
  ]) {
    const refused = await ours.cli(...command);
    expect(refused.code, command.join(' ')).not.toBe(0);
    expect(refused.stderr).toContain('has no URL of a Loki API: log lines cannot be searched or followed');
  }
  expect((await ours.cli('query', 'metrics', 'up')).stderr).toContain('has no URL of a Prometheus API');
  expect((await ours.cli('query', 'traces', '{}')).stdout).toContain('their-shop');
  await page.goto(ours.ui.replace('/?', '/logs?'));
  await expect(page.getByText('No logs from this backend')).toBeVisible();
  await expect(page.getByText(/has no URL of a Loki API/).first()).toBeVisible();
  const none = await ours.cli('backend', 'external', '--tempo', '');
  expect(none.code).toBe(1);
  expect(none.stderr).toContain('None of the three APIs has a URL');
  const all = await ours.cli('backend', 'external', ...addresses());
  expect(all, all.stdout + all.stderr).toMatchObject({ code: 0 });
});

test('says of wrong addresses what answers there, and refuses a secret on the command line', async () => {
  const web = await ours.cli('backend', 'external', '--loki', ours.ui.split('/?')[0]!);
  expect(web.code).toBe(1);
  expect(web.stdout).toMatch(/✗ Loki API: .*(?:web page|wants to know who asks|does not accept|refuses)/);
  const nobody = await ours.cli('backend', 'external', '--loki', 'http://127.0.0.1:9');
  expect(nobody.stdout).toMatch(/✗ Loki API: http:\/\/127\.0\.0\.1:9 does not answer/);
  const inUrl = await ours.cli('backend', 'external', '--loki', 'http://user:pass-w0rd@127.0.0.1:9');
  expect(inUrl.code).toBe(1);
  expect(inUrl.stderr).toContain('holds a user name or password');
  expect(inUrl.stderr).not.toContain('pass-w0rd');
  const onArgv = await ours.cli('backend', 'external', '--header-env', 'X-Api-Key=not a variable');
  expect([onArgv.code, onArgv.stdout]).toEqual([2, '']);
  const other = await ours.cli('backend', 'embedded', '--tenant', 'team-a');
  expect([other.code, other.stdout]).toEqual([2, '']);
});
