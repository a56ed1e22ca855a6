import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HttpClients } from './http-clients';
import { McpClientBook } from './mcp-client-book';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('are connected by their name from the first request until they have asked nothing for five minutes', () => {
  const book = new McpClientBook();
  const clients = new HttpClients(book);
  clients.notice({ name: 'cursor-vscode', version: '1.2' });
  expect(book.list()).toMatchObject([{ agent: 'cursor', transport: 'http', connected: true, asked: 0 }]);
  vi.advanceTimersByTime(4 * 60_000);
  clients.notice({ name: 'cursor-vscode', version: '1.2' }, 'search');
  vi.advanceTimersByTime(4 * 60_000);
  expect(book.list()).toMatchObject([{ connected: true, asked: 1, lastTool: 'search' }]);
  vi.advanceTimersByTime(2 * 60_000);
  expect(book.list()).toMatchObject([{ connected: false }]);
  clients.notice({ name: 'cursor-vscode', version: '1.2' }, 'trace');
  expect(book.list().filter(({ connected }) => connected)).toHaveLength(1);
});

it('are told apart by name and version, one without a name is told as unknown, and no more than 64 are kept', () => {
  const book = new McpClientBook();
  const clients = new HttpClients(book);
  clients.notice(undefined, 'overview');
  clients.notice({ name: 'codex', version: '1' });
  clients.notice({ name: 'codex', version: '2' });
  expect(book.list().map(({ name, version }) => `${name} ${version}`.trim())).toEqual([
    'codex 2',
    'codex 1',
    'unknown',
  ]);
  for (let version = 3; version < 100; version++) clients.notice({ name: 'codex', version: String(version) });
  expect(book.list().filter(({ connected }) => connected)).toHaveLength(64);
});
