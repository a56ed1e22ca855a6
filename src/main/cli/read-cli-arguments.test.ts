import { expect, test } from 'vitest';
import { readCliArguments } from './read-cli-arguments';

const read = (...own: string[]) =>
  readCliArguments(['/opt/Watchtower/watchtower-desktop', ...own], { launched: false });

test('what follows --cli -- are the arguments of watchtower', () => {
  expect(read('--cli', '--', 'status', '--json')).toEqual(['status', '--json']);
  expect(read('--no-sandbox', '--ozone-platform=headless', '--cli', '--', 'run', '--', 'npm', 'test')).toEqual([
    'run',
    '--',
    'npm',
    'test',
  ]);
  expect(read('--cli', '--')).toEqual([]);
});

test('a start without it is the app itself', () => {
  expect(read()).toBeNull();
  expect(read('--hidden')).toBeNull();
  expect(read('--cli')).toBeNull();
});

test('a link or a file before --cli does not make a command of what follows', () => {
  expect(read('watchtower://trace/1', '--cli', '--', 'shutdown')).toBeNull();
  expect(read('--', '--cli', '--', 'shutdown')).toBeNull();
  expect(read('watchtower://trace/1" --cli -- shutdown')).toBeNull();
});

test("behind Electron's launcher the app's folder comes first", () => {
  expect(readCliArguments(['electron', '.', '--cli', '--', 'status'], { launched: true })).toEqual(['status']);
  expect(readCliArguments(['electron', '.'], { launched: true })).toBeNull();
});
