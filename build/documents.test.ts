import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'AGENTS.md'].map((name) => join(root, name)),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(root, 'docs', path)),
];

/** What GitHub makes of a heading. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

function anchorsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!));
}

it.each(documents.map((file) => relative(root, file)))(
  'every link of %s within the repository leads somewhere',
  (path) => {
    const file = join(root, path);
    const links = [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    const broken = links.filter(([, to, anchor]) => {
      const target = to ? join(dirname(file), to) : file;
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  },
);

describe('the table of the specification', () => {
  const lines = readFileSync(join(root, 'docs', 'specification.md'), 'utf8').split('\n');
  const rows = lines
    .filter((line) => line.startsWith('| ') && !/^\| (-|Asked)/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

  it('says of each line where it lives, and which test shows it or that none does', () => {
    expect(rows.length).toBeGreaterThan(40);
    for (const row of rows) {
      expect(row, row[0]).toHaveLength(4);
      const [asked, state, lives, shown] = row;
      expect(asked).not.toBe('');
      expect(state, asked).toMatch(/^(here|other way|part|missing)$/);
      if (state !== 'missing') expect([lives, shown], asked).not.toContain('');
    }
  });

  it('names no path that is not there', () => {
    const named = rows.flatMap(([, , lives, shown]) => [
      ...`${lives} ${shown}`.matchAll(/`([\w.-]+\/[\w./-]+|Makefile|[\w-]+\.mk)`/g),
    ]);
    expect(named.length).toBeGreaterThan(rows.length);
    expect(named.map(([, path]) => path!).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('names the make targets that there are', () => {
    const makefiles = ['Makefile', 'kubernetes.mk'].map((name) => readFileSync(join(root, name), 'utf8')).join('\n');
    const targets = new Set([...makefiles.matchAll(/^([\w -]+):(?!=)/gm)].flatMap(([, names]) => names!.split(' ')));
    const asked = rows.flatMap(([text]) => [...text!.matchAll(/`make ([\w-]+)/g)].map(([, target]) => target!));
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter((target) => !targets.has(target))).toEqual([]);
  });
});
