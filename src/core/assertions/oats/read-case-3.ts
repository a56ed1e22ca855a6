import { basename } from 'node:path';
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
import type { YamlFile } from '../yaml/yaml-file';
import { YamlMapping } from '../yaml/yaml-mapping';
import { readDuration } from './read-duration';
import { readFixture } from './read-fixture';
import { readInputs } from './read-inputs';
import { checkPattern, readPattern } from './read-pattern';
import { readSeed } from './read-seed';
import { refuseForeign } from './refuse-foreign';

const queryKeys: Readonly<Record<Signal, string>> = { traces: 'traceql', logs: 'logql', metrics: 'promql' };

/** A case in the dialect of OATs' third version; what is wrong with it becomes problems of the file. */
export function readCase3(file: YamlFile, options: { fixtureRuns: boolean }): Case | undefined {
  const root = YamlMapping.of(file, file.root, '');
  if (!root) return undefined;
  const refusals: Refusal[] = [];
  const name = root.required('name') ?? basename(file.path);
  root.texts('tags');
  const intervalMs = readDuration(root, 'interval');
  readFixture(root, refusals, { runs: options.fixtureRuns });
  const seed = readSeed(root, refusals);
  const inputs = readInputs(root, refusals, { again: false });
  const { expectations, scripts } = readExpected(root, refusals);
  root.end();
  return { name, place: root.place, ...(intervalMs && { intervalMs }), inputs, seed, expectations, scripts, refusals };
}

function readExpected(
  root: YamlMapping,
  refusals: Refusal[],
): { expectations: Expectation[]; scripts: ScriptExpectation[] } {
  const expected = root.mapping('expected');
  if (!expected) {
    root.reportWhole('expected is missing');
    return { expectations: [], scripts: [] };
  }
  const signals = ['traces', 'metrics', 'logs'] as const;
  const expectations = signals.flatMap((signal) =>
    expected.mappings(signal).flatMap((entry) => readExpectation(entry, signal) ?? []),
  );
  refusals.push(...refuseForeign(expected));
  const scripts = expected.mappings('custom-checks').flatMap((check) => {
    const script = check.required('script');
    check.end();
    return script === undefined ? [] : { place: check.place, script };
  });
  expected.end();
  const asked = ['traces', 'metrics', 'logs', 'profiles', 'custom-checks'].some((key) => expected.has(key));
  if (!asked) expected.reportWhole('needs at least one of traces, metrics, logs and custom-checks');
  return { expectations, scripts };
}

function readExpectation(entry: YamlMapping, signal: Signal): Expectation | undefined {
  const query = entry.required(queryKeys[signal]);
  const checks: Check[] = [
    ...entry.texts('contains').map((text) => ({ rule: 'contains', text }) as const),
    ...entry.texts('not_contains').map((text) => ({ rule: 'not_contains', text }) as const),
    ...entry.texts('regex').map((pattern) => {
      checkPattern(entry, 'regex', pattern);
      return { rule: 'regex', pattern } as const;
    }),
    ...entry.mappings('match').map((match) => ({ rule: 'match', row: readRow(match) }) as const),
  ];
  if (signal === 'traces') {
    checks.push(
      ...entry.mappings('match_spans').map((match) => ({ rule: 'match_spans', row: readRow(match) }) as const),
    );
  }
  if (signal === 'metrics') checks.push(...readComparison(entry, 'value'));
  checks.push(...readComparison(entry, 'count'));
  const absent = entry.boolean('absent');
  entry.end();
  if (query === undefined) return undefined;
  if (absent) checks.unshift({ rule: 'absent', row: null });
  // Without a check OATs asks and is content with any answer.
  if (checks.length === 0) checks.push({ rule: 'found' });
  return { place: entry.place, signal, query, ...(absent && { steadyMs: usualAbsentMs }), checks };
}

function readComparison(entry: YamlMapping, rule: 'count' | 'value'): Check[] {
  const text = entry.text(rule);
  if (text === undefined) return [];
  const comparison = parseComparison(text);
  if (comparison) return [{ rule, comparison }];
  entry.report(rule, `${JSON.stringify(text)} is no comparison; write '>= 1' or '== 42'`);
  return [];
}

function readRow(match: YamlMapping): RowPattern {
  const type = match.text('match_type') ?? 'strict';
  if (type !== 'strict' && type !== 'regexp')
    match.report('match_type', `${JSON.stringify(type)} is unknown; write strict or regexp`);
  const pattern = (key: string, owner: YamlMapping, text: string) =>
    type === 'regexp' ? readPattern(owner, key, text) : { equals: text };
  const name = match.text('name');
  const attributes = readAttributes(match).map(({ key, owner, ownKey, value }) => ({
    key,
    value: value === undefined ? null : pattern(ownKey, owner, value),
  }));
  match.end();
  if (name === undefined && attributes.length === 0) match.reportWhole('needs a name or attributes');
  return { ...(name !== undefined && { name: pattern('name', match, name) }), attributes, only: false };
}

interface AttributeEntry {
  key: string;
  value: string | undefined;
  owner: YamlMapping;
  ownKey: string;
}

/** A list of `{key, value?}`, or as it was written before: `{key: value}`, `{key: {present: true}}`. */
function readAttributes(match: YamlMapping): AttributeEntry[] {
  if (!match.has('attributes')) return [];
  if (match.isList('attributes')) {
    return match.mappings('attributes').flatMap((owner) => {
      const key = owner.required('key');
      const value = owner.text('value');
      owner.end();
      return key === undefined ? [] : { key, value, owner, ownKey: 'value' };
    });
  }
  const owner = match.mapping('attributes');
  return (owner?.keys() ?? []).map((key) => {
    if (!owner!.isMapping(key)) return { key, value: owner!.text(key), owner: owner!, ownKey: key };
    const inner = owner!.mapping(key)!;
    if (!inner.boolean('present')) owner!.report(key, 'a value, or {present: true}, is needed');
    inner.end();
    return { key, value: undefined, owner: owner!, ownKey: key };
  });
}
