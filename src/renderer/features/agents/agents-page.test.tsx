// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import type { AgentSetup, McpClient } from '../../../shared/contract/agents';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuse } from '../../test-host/refuse';
import { host } from '../../test-host/test-page';

withScriptedHost();

const diff = '--- /dev/null\n+++ .mcp.json\n@@ -0,0 +1,2 @@\n+{ "mcpServers": 1 }\n+end\n';
const change = { agents: ['claude' as const], part: 'mcp' as const, path: '/shop/.mcp.json', shown: '.mcp.json' };

function makeAgent(setup: Partial<AgentSetup> = {}): AgentSetup {
  return {
    id: 'claude',
    title: 'Claude Code',
    found: ['~/.claude'],
    setUp: 'none',
    changes: [{ ...change, action: 'create', diff }],
    tokens: 42,
    notes: [],
    telemetry: {
      agent: 'claude',
      state: 'off',
      content: false,
      shown: '~/.claude/settings.json',
      managed: [],
      notes: [],
    },
    ...setup,
  };
}

const client: McpClient = {
  id: 'c1',
  name: 'claude-code',
  version: '2.1.0',
  agent: 'claude',
  transport: 'stdio',
  folder: '/shop',
  connected: true,
  since: 1,
  lastAskedAt: Date.now(),
  lastTool: 'search',
  asked: 3,
};

let listed: AgentSetup[];
beforeEach(() => {
  listed = [makeAgent()];
  host.answer('agents', 'folders', () => ['/shop']);
  host.answer('agents', 'list', ({ folder }) => ({ folder, agents: listed }));
});

it('shows what will be written before it is, and sets an agent up with one click', async () => {
  host.feed('agents', 'clients', { clients: [] });
  host.answer('agents', 'init', () => {
    listed = [makeAgent({ setUp: 'full', changes: [{ ...change, action: 'none', diff: '' }] })];
    return { folder: '/shop', changes: [], notes: [] };
  });
  const { user } = await openPanel('/agents');
  const card = (await screen.findByRole('heading', { name: 'Claude Code' })).closest('section')!;
  expect(within(card).getByText('not set up')).toBeTruthy();
  expect(within(card).getByText('{ "mcpServers": 1 }', { exact: false })).toBeTruthy();
  await user.click(within(card).getByRole('button', { name: 'Set up Claude Code' }));
  await waitFor(() => expect(within(card).getByText('set up')).toBeTruthy());
  expect(host.inputsOf('agents.init')).toEqual([{ folder: '/shop', agents: ['claude'], dryRun: false }]);
  expect(within(card).getByRole('button', { name: 'Nothing to do' })).toHaveProperty('disabled', true);
  expect(within(card).getByRole('button', { name: 'Take out' })).toBeTruthy();
});

it('lights up when the agent connects, and says what it asked last', async () => {
  const clients = host.feed('agents', 'clients', { clients: [] });
  await openPanel('/agents');
  expect(await screen.findByText('Nobody is connected')).toBeTruthy();
  clients.push({ clients: [client] });
  expect(await screen.findByText('One agent is connected')).toBeTruthy();
  expect(await screen.findByRole('img', { name: 'Claude Code is connected' })).toBeTruthy();
  expect(screen.getByText(/asked 3 times/)).toBeTruthy();
  clients.push({ clients: [{ ...client, connected: false }] });
  expect(await screen.findByRole('img', { name: 'Claude Code is not connected' })).toBeTruthy();
});

it('switches what an agent tells, without what was said unless that is asked for', async () => {
  host.feed('agents', 'clients', { clients: [] });
  host.answer('agents', 'switchTelemetry', ({ on, content }) => {
    const telemetry = { ...makeAgent().telemetry!, state: on ? ('on' as const) : ('off' as const), content };
    listed = [makeAgent({ telemetry })];
    return { telemetry, changes: [] };
  });
  const { user } = await openPanel('/agents');
  const content = await screen.findByRole('switch', { name: 'Claude Code tells prompts and what tools say' });
  await user.click(screen.getByRole('switch', { name: 'Claude Code tells here what it does' }));
  expect(await screen.findByText(/Sends here, without content/)).toBeTruthy();
  await user.click(content);
  expect(await screen.findByText(/Sends here, with content/)).toBeTruthy();
  expect(host.inputsOf('agents.switchTelemetry')).toMatchObject([
    { on: true, content: false },
    { on: true, content: true },
  ]);
});

it('says which file was left and why, that managed settings win, and that a folder is not there', async () => {
  host.feed('agents', 'clients', { clients: [] });
  const problem = { kind: 'agent-file-invalid' as const, message: '.mcp.json: line 3, column 4.', hint: 'Mend it.' };
  const telemetry = {
    ...makeAgent().telemetry!,
    managed: [{ shown: '/etc/claude-code/managed-settings.json', keys: ['env.X'] }],
  };
  listed = [makeAgent({ telemetry, changes: [{ ...change, action: 'none', diff: '', problem }] })];
  const { user } = await openPanel('/agents');
  expect(await screen.findByText('.mcp.json: line 3, column 4.')).toBeTruthy();
  expect(screen.getByText(/Managed settings win: .*managed-settings\.json sets env\.X/)).toBeTruthy();
  host.answer('agents', 'list', refuse('AGENT', { kind: 'agent-folder-missing', message: '/nowhere is no folder.' }));
  const folder = screen.getByLabelText('Repository');
  await user.clear(folder);
  await user.type(folder, '/nowhere');
  await user.click(screen.getByRole('button', { name: 'Look there' }));
  expect(await screen.findByText('/nowhere is no folder.')).toBeTruthy();
});
