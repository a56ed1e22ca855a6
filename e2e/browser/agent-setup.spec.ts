import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, test } from '@playwright/test';
import { cliPath, runCli, startHost, type TestHost } from '../start-host';

let root: string;
let host: TestHost;
let env: Record<string, string>;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'wt-agents-'));
  for (const folder of ['home/.claude', 'home/.codex', 'shop/.git'])
    await mkdir(join(root, folder), { recursive: true });
  env = { WATCHTOWER_AGENT_HOME: join(root, 'home') };
  host = await startHost(undefined, env);
});
test.afterAll(async () => {
  await host.stop();
  await rm(root, { recursive: true });
});

const isThere = (path: string) =>
  stat(join(root, path)).then(
    () => true,
    () => false,
  );

test('an agent is set up with one click, lights up when it asks, and is taken out again', async ({ page }) => {
  await page.goto(host.ui);
  await page.goto(new URL(`/agents?folder=${encodeURIComponent(join(root, 'shop'))}`, host.ui).href);
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Claude Code' }) });
  await card.getByText('.mcp.json').click();
  await expect(card.getByText('"mcpServers"')).toBeVisible();
  expect(await isThere('shop/.mcp.json')).toBe(false);
  await card.getByRole('button', { name: 'Set up Claude Code' }).click();
  await expect(card.getByText('set up', { exact: true })).toBeVisible();
  const { mcpServers } = JSON.parse(await readFile(join(root, 'shop', '.mcp.json'), 'utf8'));
  expect(mcpServers.watchtower.args.at(-1)).toBe('mcp');
  expect(await isThere('shop/.claude/skills/watchtower/SKILL.md')).toBe(true);

  // As the entry says, but on the home of this test.
  const client = new Client({ name: 'claude-code', version: '9.9.9' });
  const variables = { PATH: process.env.PATH ?? '', WATCHTOWER_HOME: host.home, WATCHTOWER_TEST: '1' };
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [cliPath, 'mcp'], env: variables, stderr: 'ignore' }),
  );
  await expect(page.getByRole('heading', { name: 'One agent is connected' })).toBeVisible();
  await client.callTool({ name: 'overview', arguments: {} });
  await expect(page.getByText('asked once, last overview')).toBeVisible();
  await expect(card.getByRole('img', { name: 'Claude Code is connected' })).toBeVisible();
  await client.close();
  await expect(page.getByRole('heading', { name: 'Nobody is connected' })).toBeVisible();

  await card.getByRole('button', { name: 'Take out' }).click();
  await expect(card.getByText('not set up')).toBeVisible();
  expect([await isThere('shop/.mcp.json'), await isThere('shop/.claude')]).toEqual([false, false]);
});

test('the commands do the same: a diff first, nothing without a yes, and back', async () => {
  const shop = join(root, 'shop');
  const refused = await host.cli('agent', 'init', 'codex', '--folder', shop);
  expect(refused.stdout).toContain('+[mcp_servers.watchtower]');
  expect(refused.code).toBe(2);
  expect(await isThere('home/.codex/config.toml')).toBe(false);
  expect((await host.cli('agent', 'init', 'codex', '--folder', shop, '--yes')).code).toBe(0);
  expect((await host.cli('agent', 'init', 'codex', '--folder', shop)).stdout).toContain('There is nothing to do.');
  const on = await host.cli('agent', 'telemetry', 'on', 'codex', '--yes');
  expect(on.stdout).toContain('Codex: on to');
  expect(await readFile(join(root, 'home/.codex/config.toml'), 'utf8')).toContain(
    `endpoint = "${host.otlp.http}/v1/logs"`,
  );
  expect((await host.cli('agent', 'remove', 'codex', '--folder', shop, '--yes')).code).toBe(0);
  expect((await host.cli('agent', 'telemetry', 'off', 'codex', '--yes')).stdout).toContain('Codex: off');
  expect([await isThere('home/.codex/config.toml'), await isThere('shop/AGENTS.md')]).toEqual([false, false]);
  expect(await host.cli('agent', 'init', 'clippy')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('claude, cursor'),
  });
});

test('the hook of Cursor answers at once, and its events arrive', async () => {
  const event = {
    hook_event_name: 'postToolUse',
    conversation_id: 'c1',
    generation_id: 'g1',
    tool_name: 'Shell',
    duration: 12,
  };
  const answer = '{"continue": true}\n';
  expect(await host.cliGiven(JSON.stringify(event), 'hook', 'cursor')).toMatchObject({
    code: 0,
    stdout: answer,
    stderr: '',
  });
  const waited = await host.cli(
    'wait',
    '{ resource.service.name = "cursor" && name = "execute_tool Shell" }',
    '--timeout',
    '30s',
  );
  expect(waited.code).toBe(0);
  const alone = { ...process.env, WATCHTOWER_HOME: join(root, 'none'), WATCHTOWER_TEST: '1' };
  expect(await runCli(['hook', 'cursor'], alone, 'not json')).toMatchObject({ code: 0, stdout: answer, stderr: '' });
});

test('a session that begins is told what Watchtower sees, and nothing where no host runs', async () => {
  const event = JSON.stringify({ hook_event_name: 'SessionStart', source: 'startup' });
  // It gives up where a busy host is slow, as nobody shall wait for it.
  await expect
    .poll(async () => {
      const { code, stdout, stderr } = await host.cliGiven(event, 'hook', 'claude');
      return { code, stderr, told: stdout === '' ? null : JSON.parse(stdout) };
    })
    .toMatchObject({
      ...{ code: 0, stderr: '' },
      told: {
        hookSpecificOutput: {
          hookEventName: 'SessionStart',
          additionalContext: expect.stringContaining('cursor | 1 |'),
        },
      },
    });
  const alone = { ...process.env, WATCHTOWER_HOME: join(root, 'none'), WATCHTOWER_TEST: '1' };
  expect(await runCli(['hook', 'gemini'], alone, event)).toMatchObject({ code: 0, stdout: '', stderr: '' });
});
