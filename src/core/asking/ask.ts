import type { Problem } from '../../shared/problem';
import { asData } from './answer/as-data';
import type { AskedHost } from './answer/asked-host';
import { readCursor } from './answer/cursor';
import type { Refusal } from './answer/told';
import { writeAnswer } from './answer/write-answer';
import { nearestName } from './arguments/nearest-name';
import { readArguments } from './arguments/read-arguments';
import { tools } from './tools';

export interface ToolAnswer {
  text: string;
  /** The text says why, and what to ask instead. */
  refused: boolean;
}

interface Asker {
  /** As of `Asking`. */
  asker?: string | undefined;
  /** Unix milliseconds. */
  now?: number | undefined;
}

/** One tool's answer: compact text, telemetry fenced, secrets masked. Rejects only for the signal's reason, and for our own mistakes. */
export async function ask(
  host: AskedHost,
  name: string,
  given: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  { asker, now = Date.now() }: Asker = {},
): Promise<ToolAnswer> {
  const refuse = ({ refused, hint }: Refusal): ToolAnswer => ({
    text: host.mask([refused, ...(hint ? [hint] : [])].map((line) => asData(line, 2000)).join('\n')),
    refused: true,
  });
  const tool = tools.find((each) => each.name === name);
  if (!tool) return refuse(unknownTool(name));
  const input = readArguments(tool, given);
  if ('refused' in input) return refuse(input as unknown as Refusal);
  const { budget, cursor: written } = input as { budget: number; cursor?: string };
  const cursor = written === undefined ? { offset: 0, now } : readCursor(written);
  if (!cursor)
    return refuse({ refused: `cursor=${written} is none of ours.`, hint: 'Give it as the answer before had it.' });
  try {
    const told = await tool.answer(input, { host, now: cursor.now, signal, asker });
    if ('refused' in told) return refuse(told);
    return { text: host.mask(writeAnswer(told, { ...cursor, budget, panel: host.panel })), refused: false };
  } catch (error) {
    signal.throwIfAborted();
    const told = explain(error);
    if (!told) throw error;
    return refuse(told);
  }
}

function unknownTool(name: string): Refusal {
  const names = tools.map((each) => each.name);
  const near = nearestName(name, names);
  return {
    refused: `There is no tool ${JSON.stringify(name.slice(0, 60))}${near ? `: did you mean ${near}?` : '.'}`,
    hint: `There are ${names.join(', ')}.`,
  };
}

/** Failures that the contract declares for what the tools call. */
const declared = ['QUERY', 'UNAVAILABLE', 'RUN', 'EXPLAIN'];

/** What was refused and why; undefined for anything else. */
function explain(error: unknown): Refusal | undefined {
  const { code, message, data } = error as {
    code?: string;
    message?: string;
    data?: Partial<Problem> & { position?: number };
  };
  if (code === undefined || !declared.includes(code)) return undefined;
  const at = data?.position === undefined ? '' : ` (at character ${data.position + 1})`;
  return { refused: `${data?.message ?? message ?? 'It was refused.'}${at}`, hint: data?.hint };
}
