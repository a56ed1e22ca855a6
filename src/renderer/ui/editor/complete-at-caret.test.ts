// @vitest-environment happy-dom
import { CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { completeAtCaret } from './complete-at-caret';
import { testNames } from './completion/test-names';

async function offered(text: string) {
  const context = new CompletionContext(EditorState.create({ doc: text }), text.length, false);
  const found = (await completeAtCaret('TraceQL', testNames)(context)) as CompletionResult;
  const goesOn = (typed: string) =>
    typeof found.validFor === 'function' && found.validFor(typed, found.from, text.length, context.state);
  return { labels: found.options.map(({ label }) => label), goesOn };
}

it('does not offer what is written already', async () => {
  const begun = await offered('{ stat');
  expect(begun.labels).toContain('status');
  const whole = await offered('{ status');
  expect(whole.labels).toContain('statusMessage');
  expect(whole.labels).not.toContain('status');
});

it('narrows its list while a word goes on, and looks again once it is whole', async () => {
  const { goesOn } = await offered('{ status');
  expect(['statusM', 'statusMessage', 'status!'].map(goesOn)).toEqual([true, false, false]);
});
