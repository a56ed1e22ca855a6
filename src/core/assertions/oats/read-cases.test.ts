import { describe, expect, it } from 'vitest';
import { YamlFile } from '../yaml/yaml-file';
import { readCases2 } from './read-case-2';
import { readCase3 } from './read-case-3';

function problemsOf3(text: string): string[] {
  const file = new YamlFile('case.yaml', text);
  readCase3(file, { fixtureRuns: false });
  return file.problems.map(({ place, message }) => `${place.line}: ${message}`);
}

const expected = '\nexpected: {logs: [{logql: \'{a="b"}\'}]}';

describe('a case of the third dialect', () => {
  it.each([
    [`nam: x${expected}`, '1: name is missing'],
    ['name: x', '1: expected is missing'],
    ['name: x\nexpected: {}', '2: expected needs at least one of traces, metrics, logs and custom-checks'],
    [`name: x\ninterval: soon${expected}`, '2: interval: "soon" is no duration; write 500ms, 2s or 1m'],
    [`name: x\nseed: {type: inline}${expected}`, '2: seed.type: "inline" is unknown; write app or inline-otlp'],
    [
      `name: x\nseed: {type: inline-otlp}${expected}`,
      '2: seed.type: inline-otlp needs at least one trace, log or metric',
    ],
    [`name: x\ninput: [{method: POST}]${expected}`, '2: input[0].path is missing'],
    [`name: x\ninput: [{path: /, retry: {tries: 3}}]${expected}`, '2: unknown key input[0].retry.tries'],
    [`name: x\nfixture: {compose: {}, k3d: {}}${expected}`, '2: fixture needs exactly one of compose, k3d and remote'],
    [
      "name: x\nexpected: {traces: [{traceql: '{}', count: many}]}",
      `2: expected.traces[0].count: "many" is no comparison`,
    ],
    [
      "name: x\nexpected: {traces: [{traceql: '{}', regex: '('}]}",
      '2: expected.traces[0].regex: "(" is no regular expression',
    ],
    [
      "name: x\nexpected: {traces: [{traceql: '{}', match_spans: [{}]}]}",
      '2: expected.traces[0].match_spans[0] needs a name or attributes',
    ],
    ['name: x\nexpected: {metrics: [{promql: up, match_spans: []}]}', '2: unknown key expected.metrics[0].match_spans'],
    [
      'name: x\nexpected: {logs: [{logql: \'{a="b"}\', match: [{name: a, match_type: glob}]}]}',
      '"glob" is unknown; write strict or regexp',
    ],
  ])('that is wrong is told so: %j', (text, problem) => {
    expect(problemsOf3(text)[0]).toContain(problem);
  });

  it('takes the older way to write attributes, anchors and a single text for a list', () => {
    const text = `name: x
expected:
  logs:
    - &one {logql: '{a="b"}', contains: 1, match: [{attributes: {a: b, c: {present: true}}}]}
    - *one
    - {<<: *one, absent: true}`;
    const file = new YamlFile('case.yaml', text);
    const read = readCase3(file, { fixtureRuns: false })!;
    expect(file.problems).toEqual([]);
    expect(read.expectations.map(({ steadyMs }) => steadyMs)).toEqual([undefined, undefined, 10_000]);
    expect(read.expectations[1]!.checks).toEqual([
      { rule: 'contains', text: '1' },
      {
        rule: 'match',
        row: {
          attributes: [
            { key: 'a', value: { equals: 'b' } },
            { key: 'c', value: null },
          ],
          only: false,
        },
      },
    ]);
  });

  it.each([
    ['fixture: {compose: {file: x.yml}}', ['fixture.compose']],
    ['fixture: {compose: {template: none, files: [x.yml]}}', ['fixture.compose']],
    ['fixture: {compose: {template: lgtm}}', []],
    ['fixture: {k3d: {k8s_dir: x}}', ['fixture.k3d']],
    ['fixture: {remote: {endpoint: "http://localhost:4318"}}', []],
    ['fixture: {remote: {endpoint: "https://stack.example.com"}}', ['fixture.remote']],
    ['input: [{compose: {service: app, command: [x]}}]', ['input.compose']],
    ['seed: {compose: x.yml}', ['seed.compose']],
  ])('names what it cannot have here: %s', (text, refused) => {
    const file = new YamlFile('case.yaml', `name: x\n${text}${expected}`);
    const { refusals } = readCase3(file, { fixtureRuns: false })!;
    expect(file.problems).toEqual([]);
    expect(refusals.map(({ what }) => what)).toEqual(refused);
  });
});

describe('a case of the second dialect', () => {
  const read = (text: string) => {
    const file = new YamlFile('oats.yaml', `oats-schema-version: 2\n${text}`);
    const cases = readCases2(file, { fixtureRuns: true });
    return { cases, problems: file.problems.map(({ place, message }) => `${place.line}: ${message}`) };
  };

  it('is one case for each entry of its matrix, with the conditions of each expectation', () => {
    const { cases, problems } = read(`
matrix: [{name: spring}, {name: quarkus, docker-compose: {files: [x]}}]
expected:
  metrics:
    - {promql: 'a{job="$job"}', value: '>= 1'}
    - {promql: b, value: '== 2', matrix-condition: '^spr'}`);
    expect(problems).toEqual([]);
    expect(cases.map(({ name, expectations }) => [name, expectations.map(({ query }) => query)])).toEqual([
      ['oats (spring)', ['a{job=".*"}', 'b']],
      ['oats (quarkus)', ['a{job=".*"}']],
    ]);
  });

  it('takes its counts as OATs does', () => {
    const { cases } = read(`
expected:
  logs:
    - {logql: '{a="b"}', count: {min: 1}}
    - {logql: '{a="b"}', count: {min: 2, max: 3}}
    - {logql: '{a="b"}', regexp: x, count: {min: 0, max: 0}}`);
    expect(cases[0]!.expectations.map(({ checks, steadyMs }) => [checks[0], steadyMs])).toEqual([
      [{ rule: 'range', min: 1, max: null }, undefined],
      [{ rule: 'range', min: 2, max: 3 }, undefined],
      [{ rule: 'absent', row: { name: { matches: 'x' }, attributes: [], only: false } }, 10_000],
    ]);
  });

  it.each([
    ["expected: {traces: [{traceql: '{}'}]}", '2: expected.traces[0] needs equals or regexp, or a count'],
    ["expected: {traces: [{traceql: '{}', equals: x, count: {min: 0, max: 2}}]}", 'a least of 0 with a most above 0'],
    ['expected: {metrics: [{promql: up}]}', '2: expected.metrics[0].value is missing'],
    ['include: [nowhere.yaml]', '2: include: nowhere.yaml cannot be read'],
    ['docker_compose: {}', '2: unknown key docker_compose: did you mean docker-compose?'],
  ])('that is wrong is told so: %j', (text, problem) => {
    expect(read(text).problems.join('\n')).toContain(problem);
  });
});
