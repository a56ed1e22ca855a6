import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandFailure } from './command-failure';
import { EXIT } from './exit-codes';

/** True when the person at the terminal says yes; without a terminal it fails and names the flag that says yes. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandFailure(
      { kind: 'not-confirmed', message: 'This needs a yes.', hint: 'Without a terminal, pass --yes.' },
      EXIT.usage,
    );
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(question);
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}

/**
 * Secrets, one for each label: typed at the terminal without an echo, else one a line from standard input. Never from
 * the command line, where every process of the machine and the shell's history could read them.
 */
export async function askSecrets(labels: readonly string[]): Promise<string[]> {
  const answers = process.stdin.isTTY ? await typeUnseen(labels) : await readLines(labels.length);
  const missing = labels.find((_, index) => !answers[index]);
  if (missing === undefined) return answers;
  throw new CommandFailure(
    {
      kind: 'secret-missing',
      message: `${missing} was not given.`,
      hint: 'Type it when asked, or give it on standard input, one a line: `watchtower destination … < secret.txt`.',
    },
    EXIT.usage,
  );
}

async function typeUnseen(labels: readonly string[]): Promise<string[]> {
  const answers: string[] = [];
  for (const label of labels) {
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const prompt = createInterface({ input: process.stdin, output: silent, terminal: true });
    process.stderr.write(`${label} (not shown): `);
    answers.push((await prompt.question('')).trim());
    prompt.close();
    process.stderr.write('\n');
  }
  return answers;
}

async function readLines(count: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) {
    if (lines.push(line.trim()) === count) break;
  }
  return lines;
}
