import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentId } from '../../shared/agents/agents';
import { TestAgentMachine } from './test-agent-machine';

let machine: TestAgentMachine;
beforeEach(() => {
  machine = new TestAgentMachine();
});
afterEach(() => machine.remove());

/** What is found in the homes and repositories of people: written by hand, by the agents, and on other systems. */
const homes: Record<AgentId, (machine: TestAgentMachine) => void> = {
  claude(at) {
    at.write('~/.claude/settings.json', '{\n\t"model": "opus",\n\t"env": { "MY_VAR": "1" },\n\t"hooks": {}\n}');
    at.write(
      '.mcp.json',
      '{\r\n  "mcpServers": {\r\n    "github": { "command": "gh-mcp", "args": [] }\r\n  }\r\n}\r\n',
      0o640,
    );
    at.write('.claude/settings.json', '{"permissions":{"allow":["Bash(npm test)"]}}\n');
    at.write(
      '.claude/settings.local.json',
      '{"hooks":{"SessionStart":[{"hooks":[{"type":"command","command":"./mine.sh"}]}]}}',
    );
    at.write('CLAUDE.md', '# Shop\n');
  },
  cursor(at) {
    at.write('.cursor/mcp.json', '\ufeff{\n    "mcpServers": {}\n}\n');
    at.write('~/.cursor/hooks.json', '{"version":1,"hooks":{"stop":[{"command":"./mine.sh"}]}}');
    at.write('.cursor/rules/style.mdc', '---\nalwaysApply: true\n---\nTabs.\n');
  },
  codex(at) {
    at.write(
      '~/.codex/config.toml',
      '# mine\nmodel = "gpt-5.1-codex"   # the good one\n\n[mcp_servers.docs]\ncommand = "docs"\n\n[otel]\nenvironment = "dev"\nlog_user_prompt = true # for me\n\n[projects."/home/me/shop"]\ntrust_level = "trusted"',
      0o600,
    );
    at.write('AGENTS.md', '# Shop\r\n\r\nRun the tests.\r\n');
  },
  copilot(at) {
    at.write(
      '.vscode/mcp.json',
      '{\n  // the team\'s\n  "servers": {\n    "a": { "command": "a" }, // keep\n  },\n}\n',
    );
    at.write('~/.copilot/mcp-config.json', '{}');
    at.write(
      '~/.config/Code/User/settings.json',
      '{\n    "editor.tabSize": 4, // four\n    "files.eol": "\\n" // unix\n}',
    );
    at.write('.github/copilot-instructions.md', 'Use pnpm.');
  },
  gemini(at) {
    at.write('~/.gemini/settings.json', '{"telemetry":{"enabled":false},"ui":{"theme":"Default"}}\n');
    at.write('.gemini/settings.json', '');
    at.write('GEMINI.md', 'Notes\n\n\n');
  },
  opencode(at) {
    at.write(
      'opencode.jsonc',
      '{\n  "$schema": "https://opencode.ai/config.json",\n  /* none yet */\n  "mcp": {}\n}\n',
    );
    at.write('AGENTS.md', '');
  },
};
const ids = Object.keys(homes) as AgentId[];

const init = async (...agents: AgentId[]) => {
  const plan = await machine.setup.init(machine.folder, agents, false);
  if ('problem' in plan) throw new Error(plan.problem.message);
  return plan;
};
const remove = async (...agents: AgentId[]) => {
  const plan = await machine.setup.remove(machine.folder, agents, false);
  if ('problem' in plan) throw new Error(plan.problem.message);
  return plan;
};
const turn = async (agent: AgentId, on: boolean, content = false) => {
  if (agent === 'opencode') return null;
  const answer = await machine.setup.switchTelemetry(agent, { on, content, dryRun: false });
  if ('problem' in answer) throw new Error(answer.problem.message);
  return answer;
};

describe.each(ids)('a home of %s', (agent) => {
  const steps: Record<string, () => Promise<unknown>> = {
    init: () => init(agent),
    'init again': () => init(agent),
    remove: () => remove(agent),
    on: () => turn(agent, true),
    'on with content': () => turn(agent, true, true),
    off: () => turn(agent, false),
  };

  it.each([
    [['init', 'remove']],
    [['on', 'off']],
    [['init', 'init again', 'on', 'off', 'remove']],
    [['on', 'init', 'remove', 'off']],
    [['init', 'on', 'remove', 'off']],
    [['on', 'init', 'off', 'remove']],
    [['on', 'on with content', 'on', 'off']],
  ])('is byte for byte as it was after %j', async (order) => {
    homes[agent](machine);
    const before = machine.snapshot();
    for (const step of order) await steps[step]!();
    expect(machine.snapshot()).toEqual(before);
  });

  it('is changed once: a second time there is nothing to do', async () => {
    homes[agent](machine);
    const before = machine.snapshot();
    const first = await init(agent);
    expect(first.changes.map(({ problem }) => problem)).toEqual(first.changes.map(() => undefined));
    const after = machine.snapshot();
    expect(after).not.toEqual(before);
    const second = await init(agent);
    expect(second.changes.map(({ action }) => action)).toEqual(second.changes.map(() => 'none'));
    expect(machine.snapshot()).toEqual(after);
  });

  it('is bare again where there was nothing before', async () => {
    const before = machine.snapshot();
    await init(agent);
    await turn(agent, true);
    await turn(agent, false);
    await remove(agent);
    expect(machine.snapshot()).toEqual(before);
  });

  it('is told which home Watchtower has where that is not the usual one, and bare again after it', async () => {
    machine.remove();
    machine = new TestAgentMachine({ WATCHTOWER_HOME: '/srv/watch tower' });
    homes[agent](machine);
    const before = machine.snapshot();
    const { changes } = await init(agent);
    const told = changes.filter(({ diff }) => diff.includes('/srv/watch tower'));
    expect(told.map(({ part }) => part)).toEqual(
      changes.filter(({ part }) => part !== 'rules').map(({ part }) => part),
    );
    expect((await init(agent)).changes.every(({ action }) => action === 'none')).toBe(true);
    await turn(agent, true);
    expect((await remove(agent)).changes.map(({ problem }) => problem?.message)).toEqual(changes.map(() => undefined));
    await turn(agent, false);
    expect(machine.snapshot()).toEqual(before);
  });

  it('is not touched by a dry run', async () => {
    homes[agent](machine);
    const before = machine.snapshot();
    const plan = await machine.setup.init(machine.folder, [agent], true);
    expect('changes' in plan && plan.changes.every(({ diff }) => diff.includes('+'))).toBe(true);
    await machine.setup.remove(machine.folder, [agent], true);
    expect(machine.snapshot()).toEqual(before);
  });

  it('keeps what a person writes meanwhile, and loses what is ours', async () => {
    homes[agent](machine);
    const { changes } = await init(agent);
    const written = changes.filter(({ path }) => /\.(json|jsonc)$/.test(path));
    for (const { path, shown } of written) {
      const text = machine.read(shown);
      machine.write(shown, text.replace('{', '{ "mine": [1, 2],'));
      expect(path).toBe(machine.path(shown));
    }
    await remove(agent);
    for (const { shown } of written) {
      expect(machine.read(shown)).toContain('"mine": [1, 2]');
      expect(machine.read(shown)).not.toContain('watchtower');
    }
  });
});

it('holds for all agents at once, also where two read one file and it is a link', async () => {
  for (const id of ids.filter((id) => id !== 'opencode')) homes[id](machine);
  symlinkSync('AGENTS.md', machine.path('CLAUDE.local.md'));
  const before = machine.snapshot();
  const { changes } = await init(...ids);
  expect(changes.find(({ shown }) => shown === 'AGENTS.md')?.agents).toEqual(['codex', 'opencode']);
  expect(machine.read('AGENTS.md').match(/watchtower:begin/g)).toHaveLength(1);
  await remove('codex');
  expect(machine.read('AGENTS.md')).toContain('watchtower:begin');
  await remove(...ids);
  expect(machine.snapshot()).toEqual(before);
});

it('follows a home and a file that are links, and leaves the links', async () => {
  mkdirSync(join(machine.root, 'elsewhere'));
  symlinkSync(join(machine.root, 'elsewhere'), machine.path('~/.codex'));
  machine.write('~/dotfiles/mcp.json', '{\n  "mcpServers": {}\n}\n', 0o600);
  symlinkSync(machine.path('~/dotfiles/mcp.json'), machine.path('.mcp.json'));
  const before = machine.snapshot();
  await init('claude', 'codex');
  expect(machine.snapshot()['/shop/.mcp.json']).toBe(before['/shop/.mcp.json']);
  expect(machine.read('~/dotfiles/mcp.json')).toContain('watchtower');
  expect(machine.read('~/.codex/config.toml')).toContain('[mcp_servers.watchtower]');
  await remove('claude', 'codex');
  expect(machine.snapshot()).toEqual(before);
});

describe('a file that is not what it should be', () => {
  it.each([
    ['claude', '.mcp.json', '{\n  "mcpServers": {\n    "a": }\n}', /\.mcp\.json: .*line 3, column 10/],
    ['codex', '~/.codex/config.toml', 'model = "a"\nb = \n', /config\.toml: .*line 2/],
    ['gemini', '.gemini/settings.json', '[]', /no object/],
    ['gemini', '.gemini/settings.json', '{"mcpServers": []}', /mcpServers is no object/],
    ['claude', '.mcp.json', Buffer.from([0x7b, 0xff, 0x7d]), /not UTF-8/],
    ['codex', '~/.codex/config.toml', 'mcp_servers = { a = { command = "a" } }\n', /cannot be changed safely/],
  ] as const)('of %s is left, and said where: %s', async (agent, shown, content, message) => {
    machine.write(shown, content as string);
    const before = machine.snapshot();
    const { changes } = await init(agent);
    const [, ...others] = changes;
    expect(changes[0]).toMatchObject({ shown, action: 'none', problem: { message: expect.stringMatching(message) } });
    expect(others.every(({ problem }) => problem === undefined)).toBe(true);
    expect(machine.snapshot()[shown.replace('~', '').replace(/^\./, '/shop/.')]).toBe(
      before[shown.replace('~', '').replace(/^\./, '/shop/.')],
    );
  });

  it('is not written where it is read-only', async () => {
    machine.write('.mcp.json', '{}', 0o444);
    const { changes } = await init('claude');
    expect(changes[0]?.problem).toMatchObject({ kind: 'agent-file-read-only' });
    expect(machine.read('.mcp.json')).toBe('{}');
  });
});

describe('what a person wrote in our place', () => {
  it('stays, and is said, where it was there before', async () => {
    machine.write('.mcp.json', '{"mcpServers":{"watchtower":{"command":"my-own"}}}');
    const { changes } = await init('claude');
    expect(changes[0]?.problem?.kind).toBe('agent-file-changed');
    await remove('claude');
    expect(machine.read('.mcp.json')).toContain('my-own');
  });

  it('stays, and is said, where it was changed since', async () => {
    await init('claude');
    machine.write('.mcp.json', machine.read('.mcp.json').replace('"mcp"', '"mcp", "--mine"'));
    const skill = '.claude/skills/watchtower/SKILL.md';
    machine.write(skill, `${machine.read(skill)}\nMine.\n`);
    const { changes } = await remove('claude');
    expect(changes.map(({ problem }) => problem?.kind)).toEqual([
      'agent-file-changed',
      'agent-file-changed',
      undefined,
    ]);
    expect(machine.read('.mcp.json')).toContain('--mine');
    expect(machine.read(skill)).toContain('Mine.');
  });
});

it('takes out what another machine wrote and committed, where it stands unchanged', async () => {
  await init('codex');
  const text = machine.read('AGENTS.md');
  await remove('codex');
  machine.write('AGENTS.md', `# Shop\n\n${text}`);
  await remove('codex');
  expect(machine.read('AGENTS.md')).toBe('# Shop\n');
});

it('gives way to its own newer words', async () => {
  homes.codex(machine);
  const before = machine.snapshot();
  machine.write('package.json', '{"scripts":{"test":"vitest"}}');
  await init('codex');
  expect(machine.read('AGENTS.md')).toContain('npm test');
  machine.write('pnpm-lock.yaml', '');
  await init('codex');
  expect(machine.read('AGENTS.md')).toContain('pnpm test');
  await remove('codex');
  expect(machine.snapshot()).toMatchObject(before);
});
