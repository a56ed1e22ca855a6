import { ORPCError } from '@orpc/client';
import { expect, it } from 'vitest';
import { CommandFailure } from './command-failure';
import { EXIT } from './exit-codes';
import { runCommand } from './run-command';
import type { Terminal } from './terminal';

async function told(error: unknown): Promise<{ code: number; text: string }> {
  let text = '';
  const terminal = { error: (part: string) => (text += part) } as unknown as Terminal;
  const code = await runCommand(terminal, () => Promise.reject(error));
  return { code, text };
}

it('names what of a call the host does not take', async () => {
  const issues = [{ path: ['before', 'ref'], message: 'Too small' }];
  const refused = new ORPCError('BAD_REQUEST', { message: 'Input validation failed', data: { issues } });
  expect(await told(refused)).toEqual({
    code: EXIT.failed,
    text: 'error: Input validation failed: before.ref: Too small\n',
  });
});

it('tells all that is wrong, and then what to do', async () => {
  const problem = { kind: 'assertions-invalid', message: 'a:1: x', details: 'a:2: y', hint: 'See the docs.' } as const;
  expect(await told(new CommandFailure(problem, EXIT.usage))).toEqual({
    code: EXIT.usage,
    text: 'error: a:1: x\na:2: y\nSee the docs.\n',
  });
});
