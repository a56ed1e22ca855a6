import type { CliRuntime } from '../../../core/cli-runtime';
import { findHarness } from '../../../shared/agents/find-harness';
import { EXIT, type ExitCode } from '../../exit-codes';
import type { Terminal } from '../../terminal';
import { untilInterrupted } from '../../until-interrupted';
import { askRunningHost } from '../mcp/ask-running-host';

/** Asks one tool as an agent does over MCP: the same answer, or why there is none on standard error. */
export async function askTool(
  tool: string,
  words: readonly string[],
  terminal: Terminal,
  runtime: CliRuntime,
): Promise<ExitCode> {
  const asker = findHarness(process.env) ?? undefined;
  const { text, refused } = await askRunningHost([], runtime)(tool, readWords(words), untilInterrupted(), asker);
  if (refused) terminal.error(`${text}\n`);
  else terminal.out(`${text}\n`);
  return refused ? EXIT.usage : EXIT.ok;
}

/** `--service shop`, `--service=shop`, `service=shop`, `--error`, or all arguments as one JSON object. What they mean, the tool decides. */
export function readWords(words: readonly string[]): Record<string, unknown> {
  const [first = ''] = words;
  if (words.length === 1 && first.startsWith('{') && first.trim().endsWith('}')) {
    const read = parseObject(first);
    if (read) return read;
  }
  const given: Record<string, unknown> = {};
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const [, dashes = '', name = '', value] = /^(--)?([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    const key = name.replace(/-/g, '_');
    const next = words[at + 1];
    if (value !== undefined) given[key] = value;
    else if (dashes === '') given[word] = true;
    else if (next === undefined || next.startsWith('--')) given[key] = 'true';
    else {
      given[key] = next;
      at++;
    }
  }
  return given;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // A query in braces is no JSON: it is told as an argument without a name.
    return undefined;
  }
}
