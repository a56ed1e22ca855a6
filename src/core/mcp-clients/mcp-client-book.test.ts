import { expect, it } from 'vitest';
import { McpClientBook } from './mcp-client-book';

const info = { name: 'claude-code', version: '2.1.0', transport: 'stdio' as const, folder: '/shop' };

it('tells who is connected, what was asked last, and who is gone', () => {
  let now = 1_000;
  const book = new McpClientBook(() => now);
  let changes = 0;
  book.subscribe(() => changes++);
  const id = book.join(info);
  expect(book.list()).toEqual([
    { ...info, id, agent: 'claude', connected: true, since: 1_000, lastAskedAt: null, asked: 0 },
  ]);
  now = 2_000;
  expect(book.asked(id, 'search')).toBe(true);
  book.leave(id);
  expect(book.list()).toMatchObject([{ connected: false, lastAskedAt: 2_000, lastTool: 'search', asked: 1 }]);
  expect(changes).toBe(3);
});

it('knows the agents by what they call themselves, and no more than it should', () => {
  const book = new McpClientBook();
  for (const name of ['Visual Studio Code', 'codex-mcp-client', 'opencode', 'inspector']) book.join({ ...info, name });
  expect(book.list().map(({ agent }) => agent)).toEqual([null, 'opencode', 'codex', 'copilot']);
});

it('passes over what it does not know, and forgets the oldest of those that are gone', () => {
  const book = new McpClientBook();
  expect(book.asked('nobody', 'search')).toBe(false);
  const kept = book.join(info);
  for (let index = 0; index < 30; index++) book.leave(book.join(info));
  expect(book.list()).toHaveLength(21);
  expect(book.list().at(-1)?.id).toBe(kept);
});
