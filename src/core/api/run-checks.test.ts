import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkNode } from './run-checks';

it('asks for the Node.js that package.json asks for', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  const [major, minor] = engines.node.replace('>=', '').split('.').map(Number);
  expect(checkNode({ node: `${major}.${minor}.0` }).state).toBe('ok');
  expect(checkNode({ node: `${major}.${minor - 1}.9` })).toMatchObject({
    state: 'failed',
    hint: expect.stringContaining(`${major}.${minor}`),
  });
  expect(checkNode({ node: `${major + 1}.0.0` }).state).toBe('ok');
});

it('asks for no other Node.js than the one that the desktop app brings', () => {
  expect(checkNode({ node: '20.0.0', electron: '33.4.0' }).state).toBe('ok');
});
