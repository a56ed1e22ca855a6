import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Signal } from '../../observing/signal';
import {
  type Case,
  type Check,
  type Expectation,
  type Refusal,
  type RowPattern,
  type ScriptExpectation,
  usualAbsentMs,
} from '../case';
import { parseComparison } from '../comparison';
import { matchesText } from '../matches-text';
import { YamlFile } from '../yaml/yaml-file';
import { YamlMapping } from '../yaml/yaml-mapping';
import { readDuration } from './read-duration';
import { readInputs } from './read-inputs';
import { checkPattern, readPattern } from './read-pattern';
import { refuseForeign } from './refuse-foreign';

/** What Grafana's dashboards fill in. */
const dashboardVariables = /\$(job|instance|pod|namespace|container)\b/g;

interface Entry {
  expectation: Expectation;
  condition: string | undefined;
}

interface Definition extends Pick<Case, 'inputs' | 'refusals'> {
  intervalMs: number | undefined;
  entries: Entry[];
  scripts: { script: ScriptExpectation; condition: string | undefined }[];
  matrix: string[];
}

/** The cases of a file in the dialect of OATs' second version: one, or one for each entry of its matrix; none of a template. */
export function readCases2(file: YamlFile, options: { fixtureRuns: boolean }): Case[] {
  const root = YamlMapping.of(file, file.root, '');
  if (!root || isTemplate(root)) return [];
  const definition = readDefinition(root, options, [file.path]);
  const { entries, scripts, matrix, inputs, refusals, intervalMs } = definition;
  if (entries.length === 0 && file.problems.length === 0)
    root.reportWhole('expected needs at least one of traces, metrics and logs');
  const name = basename(file.path).replace(/\.ya?ml$/, '');
  return (matrix.length > 0 ? matrix : ['']).map((variant) => {
    const holds = ({ condition }: { condition: string | undefined }) =>
      condition === undefined || variant === '' || matchesText(variant, { matches: condition });
    return {
      name: variant === '' ? name : `${name} (${variant})`,
      place: root.place,
      ...(intervalMs && { intervalMs }),
      inputs,
      seed: null,
      expectations: entries.filter(holds).map(({ expectation }) => expectation),
      scripts: scripts.filter(holds).map(({ script }) => script),
      refusals,
    };
  });
}

function isTemplate(root: YamlMapping): boolean {
  return root.has('oats-template') && root.boolean('oats-template');
}

function readDefinition(root: YamlMapping, options: { fixtureRuns: boolean }, path: readonly string[]): Definition {
  const refusals: Refusal[] = [];
  const version = root.number('oats-schema-version');
  if (version !== 2)
    root.report('oats-schema-version', 'only 2 is known; newer cases have none and stand in an oats-config.yaml');
  root.boolean('oats-template');
  const intervalMs = readDuration(root, 'interval');
  for (const key of ['docker-compose', 'kubernetes']) {
    const started = root.mapping(key);
    if (started && !options.fixtureRuns) {
      const why = key === 'kubernetes' ? 'it starts a cluster' : 'it starts containers';
      refusals.push({ place: root.placeOf(key), what: key, why, needed: true });
    }
  }
  const matrix = root.mappings('matrix').map((entry) => {
    const name = entry.required('name') ?? '';
    for (const key of ['docker-compose', 'kubernetes']) {
      if (entry.mapping(key) && !options.fixtureRuns)
        refusals.push({ place: entry.placeOf(key), what: `matrix.${key}`, why: 'it starts containers', needed: true });
    }
    entry.end();
    return name;
  });
  const own: Definition = {
    intervalMs,
    matrix,
    refusals,
    inputs: readInputs(root, refusals, { again: true }),
    ...readExpected(root, refusals),
  };
  const included = readIncluded(root, options, path);
  root.end();
  return included.reduce(
    (sum, other) => ({
      intervalMs: sum.intervalMs,
      matrix: [...sum.matrix, ...other.matrix],
      refusals: [...sum.refusals, ...other.refusals],
      inputs: [...sum.inputs, ...other.inputs],
      entries: [...sum.entries, ...other.entries],
      scripts: [...sum.scripts, ...other.scripts],
    }),
    own,
  );
}

/** Problems of an included file are problems of the one that includes it, with their own places. */
function readIncluded(root: YamlMapping, options: { fixtureRuns: boolean }, path: readonly string[]): Definition[] {
  return root.texts('include').flatMap((each) => {
    const refuse = (why: string): Definition[] => {
      root.report('include', `${each} ${why}`);
      return [];
    };
    const name = join(dirname(root.file.path), each);
    if (path.includes(name)) return refuse('includes itself');
    let text: string;
    try {
      text = readFileSync(name, 'utf8');
    } catch {
      return refuse('cannot be read');
    }
    const file = new YamlFile(name, text);
    const included = file.root ? YamlMapping.of(file, file.root, '') : undefined;
    if (included && !isTemplate(included)) included.reportWhole('an included file needs `oats-template: true`');
    const definition = included ? readDefinition(included, options, [...path, name]) : undefined;
    root.file.problems.push(...file.problems);
    return definition ?? [];
  });
}

function readExpected(root: YamlMapping, refusals: Refusal[]): Pick<Definition, 'entries' | 'scripts'> {
  const expected = root.mapping('expected');
  if (!expected) return { entries: [], scripts: [] };
  const entries = [
    ...expected.mappings('logs').flatMap((entry) => readSignal(entry, 'logs', 'logql') ?? []),
    ...expected.mappings('traces').flatMap((entry) => readSignal(entry, 'traces', 'traceql') ?? []),
    ...expected.mappings('metrics').flatMap((entry) => readMetric(entry) ?? []),
  ];
  refusals.push(...refuseForeign(expected));
  const scripts = expected.mappings('custom-checks').flatMap((check) => {
    const script = check.required('script');
    const condition = readCondition(check);
    check.end();
    return script === undefined ? [] : { script: { place: check.place, script }, condition };
  });
  expected.end();
  return { entries, scripts };
}

function readCondition(entry: YamlMapping): string | undefined {
  const condition = entry.text('matrix-condition');
  if (condition !== undefined) checkPattern(entry, 'matrix-condition', condition);
  return condition;
}

function readMetric(entry: YamlMapping): Entry | undefined {
  const query = entry.required('promql');
  const text = entry.required('value');
  const condition = readCondition(entry);
  entry.end();
  const comparison = text === undefined ? undefined : parseComparison(text);
  if (text !== undefined && !comparison)
    entry.report('value', `${JSON.stringify(text)} is no comparison; write '>= 1'`);
  if (query === undefined || !comparison) return undefined;
  return {
    condition,
    expectation: {
      place: entry.place,
      signal: 'metrics',
      query: query.replace(dashboardVariables, '.*'),
      checks: [{ rule: 'value', comparison }],
    },
  };
}

function readSignal(entry: YamlMapping, signal: Signal, queryKey: string): Entry | undefined {
  const query = entry.required(queryKey);
  const row = readRow(entry);
  const condition = readCondition(entry);
  const range = readRange(entry);
  entry.end();
  if (query === undefined) return undefined;
  const isBare = row.name === undefined && row.attributes.length === 0 && !row.only;
  if (range === undefined && row.name === undefined) {
    entry.reportWhole('needs equals or regexp, or a count');
    return undefined;
  }
  const expectation = { place: entry.place, signal, query };
  if (range?.min === 0 && range.max === 0) {
    const checks: Check[] = [{ rule: 'absent', row: isBare ? null : row }];
    return { condition, expectation: { ...expectation, steadyMs: usualAbsentMs, checks } };
  }
  const checks: Check[] = [range ? { rule: 'range', ...range } : { rule: 'found' }];
  if (!isBare) checks.push({ rule: signal === 'traces' ? 'match_spans' : 'match', row });
  return { condition, expectation: { ...expectation, checks } };
}

function readRow(entry: YamlMapping): RowPattern {
  const equals = entry.text('equals');
  const regexp = entry.text('regexp');
  const patterns = entry.pairs('attribute-regexp');
  const inner = entry.mapping('attribute-regexp');
  const attributes = [
    ...Object.entries(entry.pairs('attributes')).map(([key, value]) => ({ key, value: { equals: value } })),
    ...Object.entries(patterns).map(([key, value]) => ({ key, value: readPattern(inner ?? entry, key, value) })),
  ];
  if (equals && regexp) entry.report('regexp', 'it stands beside equals; one of them is enough');
  const name = equals ? { equals } : regexp ? readPattern(entry, 'regexp', regexp) : undefined;
  return { ...(name && { name }), attributes, only: entry.boolean('no-extra-attributes') };
}

/** Without a `max`, or with 0 beside a `min`, there is no most. */
function readRange(entry: YamlMapping): { min: number; max: number | null } | undefined {
  const count = entry.mapping('count');
  if (!count) return undefined;
  const min = count.number('min') ?? 0;
  const max = count.number('max') ?? 0;
  count.end();
  if (min === 0 && max > 0) entry.report('count', 'a least of 0 with a most above 0 expects nothing');
  if (min < 0 || (max !== 0 && max < min)) entry.report('count', 'the most must not be below the least');
  return { min, max: min === 0 || max > 0 ? max : null };
}
