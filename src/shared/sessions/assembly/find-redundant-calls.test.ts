import { expect, it } from 'vitest';
import { type ComparedCall, findRedundantCalls } from './find-redundant-calls';

const call = (atSeconds: number, tool: string, told: Partial<ComparedCall> = {}): ComparedCall => ({
  ...{ tool, arguments: '{"path":"a"}', ok: true, startMs: atSeconds * 1000, endMs: atSeconds * 1000 + 500 },
  ...told,
});
const found = (calls: readonly ComparedCall[], boundaries: readonly number[] = []) =>
  findRedundantCalls(calls, boundaries).map(({ call, repeats }) => [repeats, call]);

it.each([
  ['the same again', [call(0, 'Read'), call(5, 'Read')]],
  ['the same after others that only look', [call(0, 'Read'), call(2, 'Grep', { arguments: 'x' }), call(5, 'Read')]],
  ['the same command, whose results are alike', [call(0, 'Bash', { result: 'ok' }), call(5, 'Bash', { result: 'ok' })]],
  ['the same that failed in the same way', [call(0, 'Bash', { ok: false }), call(5, 'Bash', { ok: false })]],
  ['the same just within a minute', [call(0, 'Read'), call(60.5, 'Read')]],
])('tells %s', (_what, calls) => {
  expect(found(calls)).toEqual([[0, calls.length - 1]]);
});

it('tells each of several against the one before it', () => {
  expect(found([call(0, 'Read'), call(5, 'Read'), call(10, 'Read')])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

it.each([
  ['other arguments', [call(0, 'Read'), call(5, 'Read', { arguments: 'b' })]],
  [
    'arguments that are not known',
    [call(0, 'Read', { arguments: undefined }), call(5, 'Read', { arguments: undefined })],
  ],
  ['another tool', [call(0, 'Read'), call(5, 'Grep')]],
  ['a pause of more than a minute', [call(0, 'Read'), call(60.6, 'Read')]],
  ['another result', [call(0, 'Read', { result: 'a' }), call(5, 'Read', { result: 'b' })]],
  ['a result of another size', [call(0, 'Read', { resultBytes: 1 }), call(5, 'Read', { resultBytes: 2 })]],
  ['a second try that went well', [call(0, 'Read', { ok: false }), call(5, 'Read')]],
  ['an end that is not known', [call(0, 'Read', { ok: undefined }), call(5, 'Read', { ok: undefined })]],
  ['an edit in between', [call(0, 'Read'), call(2, 'Edit'), call(5, 'Read')]],
  ['a command in between, which may do anything', [call(0, 'Read'), call(2, 'Bash'), call(5, 'Read')]],
  ['a tool in between that is not known', [call(0, 'Read'), call(2, 'mcp__db__migrate'), call(5, 'Read')]],
  ['both at once', [call(0, 'Read'), call(0.1, 'Read')]],
])('does not tell %s', (_what, calls) => {
  expect(found(calls)).toEqual([]);
});

it('does not tell what is asked for again after the person spoke', () => {
  expect(found([call(0, 'Read'), call(5, 'Read')], [3000])).toEqual([]);
  expect(found([call(0, 'Read'), call(5, 'Read')], [-1, 7000])).toEqual([[0, 1]]);
});
