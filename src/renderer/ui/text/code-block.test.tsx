// @vitest-environment happy-dom
import { cleanup, configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { CodeBlock } from './code-block';

// Grammars load when they are first asked for.
configure({ asyncUtilTimeout: 20_000 });
afterEach(cleanup);

const shown = () => document.querySelector('pre')!.textContent;
const coloured = () => document.querySelectorAll('pre span span').length;

it('is read at once and coloured when its grammar is there, without a change of its text', async () => {
  const code = 'export A=1\n\nexport B="two"';
  render(<CodeBlock code={code} syntax="bash" what="the lines" />);
  expect(shown()).toBe(code);
  expect(coloured()).toBe(0);
  await waitFor(() => expect(coloured()).toBeGreaterThan(3));
  expect(shown()?.trimEnd()).toBe(code);
});

it('shows code of a language that it does not know as it is', async () => {
  render(<CodeBlock code="IDENTIFICATION DIVISION." syntax="cobol" what="the lines" />);
  await waitFor(() => expect(coloured()).toBe(1));
  expect(shown()?.trimEnd()).toBe('IDENTIFICATION DIVISION.');
});

it('never shows the code of before in the colours of the next', async () => {
  const view = render(<CodeBlock code="a = 1" syntax="python" what="the lines" />);
  await waitFor(() => expect(coloured()).toBeGreaterThan(0));
  view.rerender(<CodeBlock code="b = 2" syntax="python" what="the lines" />);
  expect(shown()).toBe('b = 2');
  expect(coloured()).toBe(0);
});

it('copies the whole as it was given, with the line break at its end, and names its file', async () => {
  const user = userEvent.setup();
  const write = vi.spyOn(navigator.clipboard, 'writeText');
  render(<CodeBlock code={'A=1\n'} syntax="dotenv" what="the file" filename=".env" />);
  expect(screen.getByText('.env')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Copy: copy the file' }));
  expect(write).toHaveBeenCalledExactlyOnceWith('A=1\n');
});
