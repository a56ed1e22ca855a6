import { expect, it } from 'vitest';
import { nameRun } from './name-run';

it.each([
  [['npm', 'test'], 'npm-test'],
  [['/usr/bin/node', '--inspect', './src/app.js'], 'node-app.js'],
  [['go', 'run', '.'], 'go-run'],
  [['go', 'test', './...'], 'go-test'],
  [['last'], 'command'],
  [['.'], 'command'],
])('calls %j %s', (command, name) => {
  expect(nameRun(command)).toBe(name);
});
