import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { problemKinds } from './problem-kinds';

const root = join(import.meta.dirname, '..', '..');

const document = readFileSync(join(root, 'docs', 'troubleshooting.md'), 'utf8');

/** The rows of the tables: kind, what it means, what to do. */
function readRows(): string[][] {
  return document
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

it('each kind has its line in the document, with what it means and what to do', () => {
  const rows = readRows();
  expect(rows.map(([kind]) => kind)).toEqual(problemKinds.map((kind) => `\`${kind}\``));
  for (const [kind, means, todo] of rows) {
    expect(means, `${kind}: what it means`).toMatch(/\w.*[.]$/);
    expect(todo, `${kind}: what to do`).toMatch(/\w.*[.]$/);
  }
});

it('no kind is in the list twice', () => {
  expect(new Set(problemKinds).size).toBe(problemKinds.length);
});

it('each kind is raised somewhere', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test') && !path.endsWith('problem-kinds.ts'))
    .map((path) => readFileSync(join(root, 'src', path), 'utf8'))
    .join('\n');
  const composed = [...sources.matchAll(/kind: `([a-z-]*)\$\{\w+\}([a-z-]*)`/g)];
  const unused = problemKinds.filter(
    (kind) =>
      !sources.includes(`'${kind}'`) &&
      !composed.some(([, before, after]) => kind.startsWith(before!) && kind.endsWith(after!)),
  );
  expect(unused, 'take these out of the list, or raise them').toEqual([]);
});

it.each([
  ['Pods stuck in Pending', 'make status'],
  ['Alloy in CrashLoopBackOff', 'make sumo-set'],
  ['No data in Grafana', 'localhost:14317'],
  ['Mimir answers 401', 'multitenancy_enabled'],
  ['A NodePort cannot be reached', 'make port-forward'],
])('what is seen without a kind has its section too: %s', (heading, way) => {
  const [, section] = document.split(`### ${heading}\n`);
  expect(section?.split('\n### ')[0]).toContain(way);
});
