import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Budgets } from '../budgets/budget';
import { readBudgets } from '../budgets/read-budgets';
import type { Case, FileProblem } from '../case';
import { readCases2 } from '../oats/read-case-2';
import { readCase3 } from '../oats/read-case-3';
import { YamlFile } from '../yaml/yaml-file';
import { readConfig } from './read-config';
import { readExpression } from './read-expression';

export interface LoadOptions {
  /** Where relative names begin, and from where `watchtower.yaml` is looked for upward. */
  folder: string;
  /** What cases want started runs already. */
  fixtureRuns: boolean;
}

export interface Assertions {
  cases: Case[];
  budgets: Budgets[];
}

const budgetNames = ['watchtower.yaml', 'watchtower.yml'];
const configName = 'oats-config.yaml';

/**
 * What is named on the command line: files of OATs in either dialect or a configuration that names them, folders with such files,
 * `watchtower.yaml`, and expressions; with nothing named the `watchtower.yaml` of this folder or one above.
 */
export function loadAssertions(
  named: readonly string[],
  options: LoadOptions,
): Assertions | { problems: FileProblem[] } {
  const loaded: Assertions = { cases: [], budgets: [] };
  const problems: FileProblem[] = [];
  const say = (file: string, message: string) => problems.push({ place: { file, line: 1 }, message });
  const read = (path: string) => {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      return say(path, `it cannot be read: ${(error as Error).message}`);
    }
    const file = new YamlFile(path, text);
    if (file.has('meta')) for (const each of readConfig(file)) read(each);
    else if (file.has('oats-schema-version')) loaded.cases.push(...readCases2(file, options));
    else if (file.has('expected')) {
      const read3 = readCase3(file, options);
      if (read3) loaded.cases.push(read3);
    } else if (file.problems.length === 0) {
      const budgets = readBudgets(file);
      if (budgets) loaded.budgets.push(budgets);
    }
    problems.push(...file.problems);
  };
  const files = named.length > 0 ? named : findBudgets(options.folder);
  if (files.length === 0)
    say('watchtower.yaml', 'there is none in this folder or above it; write one, or name a file or an expression');
  for (const each of files) {
    const path = resolve(options.folder, each);
    if (existsSync(path)) {
      const found = statSync(path).isDirectory() ? findCases(path) : [path];
      if (found.length === 0) say(each, 'the folder has no file of assertions');
      for (const file of found) read(file);
      continue;
    }
    const expression = /\.ya?ml$/.test(each) ? undefined : readExpression(each);
    if (expression) loaded.cases.push(expression);
    else if (/[{}<>=\s]/.test(each))
      say(each, 'it has no comparison at its end; write QUERY >= 1, QUERY == 0 or the like');
    else say(each, 'there is no such file');
  }
  return problems.length > 0 ? { problems } : loaded;
}

function findBudgets(folder: string): string[] {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = budgetNames.map((name) => join(at, name)).find((path) => existsSync(path));
    if (found) return [found];
    if (dirname(at) === at) return [];
  }
}

/** A folder's configuration, else every file of OATs in it and below, but where a `.oatsignore` stands. */
function findCases(folder: string): string[] {
  if (existsSync(join(folder, configName))) return [join(folder, configName)];
  if (existsSync(join(folder, '.oatsignore'))) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : findCases(path);
      return /\.ya?ml$/.test(entry.name) && isOats(path) ? [path] : [];
    });
}

function isOats(path: string): boolean {
  const text = readFileSync(path, 'utf8');
  return /^oats-schema-version:/m.test(text) || (/^expected:/m.test(text) && /^name:/m.test(text));
}
