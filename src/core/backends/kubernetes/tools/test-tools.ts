import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runTool, type Tool } from './run-tool';
import type { Session } from './session';
import { byMake } from './ways';

interface Answer {
  stdout?: string;
  stderr?: string;
  code?: number;
}

interface Call {
  tool: Tool;
  args: string[];
  /** What was given to its standard input. */
  input: string;
}

export interface TestTools {
  session: Session;
  /** The first folder of the path, in which they are. */
  bin: string;
  /** In the order in which they were begun. */
  calls(): Call[];
  /** `tool arg arg …` of each. */
  lines(): string[];
  said: string[];
  asked: string[];
  close(): void;
}

export interface TestToolsOptions {
  /**
   * By `tool` and its arguments joined by spaces, `*` for any text; the first that fits answers. Of several answers each is
   * given once, the last one from then on. What fits none succeeds silently.
   */
  answers?: Record<string, Answer | readonly Answer[]>;
  without?: readonly Tool[];
  /** Paths of programs that stand there themselves, instead of one that writes down how it is called. */
  real?: Partial<Record<Tool, string>>;
  env?: Session['env'];
  /** That of our own cluster where none is named. */
  context?: string;
  platform?: NodeJS.Platform;
  confirms?: boolean;
  heldPorts?: readonly number[];
  freeGib?: number;
  signal?: AbortSignal;
}

const tools: readonly Tool[] = ['docker', 'kind', 'kubectl', 'helm'];
const [endOfField, endOfCall] = ['\x1f', '\x1e'];

/**
 * Executables of the four tools' names that write down what they are called with and answer as they were told. The real
 * runner starts them, from a path that holds nothing else of these names.
 */
export function testTools(options: TestToolsOptions = {}): TestTools {
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-kubernetes-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const rules = Object.entries({ ...versions, ...options.answers });
  for (const tool of tools.filter((each) => !options.without?.includes(each))) {
    const path = join(bin, tool);
    const real = options.real?.[tool];
    if (real) {
      symlinkSync(real, path);
      continue;
    }
    writeFileSync(path, script(folder, tool, rules));
    chmodSync(path, 0o755);
  }
  const path = process.env.PATH;
  process.env.PATH = [bin, '/usr/bin', '/bin'].join(delimiter);
  const said: string[] = [];
  const asked: string[] = [];
  const calls = () => readCalls(folder);
  return {
    bin,
    said,
    asked,
    calls,
    lines: () => calls().map(({ tool, args }) => [tool, ...args].join(' ')),
    close() {
      process.env.PATH = path;
      rmSync(folder, { recursive: true, force: true });
    },
    session: {
      context: options.context ?? 'kind-watchtower',
      stackFolder: join(import.meta.dirname, '../../../../../resources/stack'),
      run: (tool, args, ran) =>
        options.without?.includes(tool)
          ? Promise.resolve({ code: 127, stdout: '', stderr: '' })
          : runTool(tool, args, { ...ran, show: false }),
      say: (text) => void said.push(text),
      ask: async (question) => {
        asked.push(question);
        return options.confirms ?? false;
      },
      wait: async () => undefined,
      env: options.env ?? {},
      platform: options.platform ?? 'linux',
      machine: {
        freeBytes: async () => (options.freeGib ?? 100) * 1024 ** 3,
        isPortFree: async (port) => !options.heldPorts?.includes(port),
        freePort: async () => 21_300,
        portHolder: async () => 'node (pid 42)',
      },
      ways: byMake,
      signal: options.signal ?? new AbortController().signal,
    },
  };
}

const versions: NonNullable<TestToolsOptions['answers']> = {
  'docker --version': { stdout: 'Docker version 27.5.1, build 9f9e405\n' },
  'kind version': { stdout: 'kind v0.33.0 go1.26.0 linux/amd64\n' },
  'kubectl version --client *': { stdout: '{"clientVersion": {"major": "1", "minor": "37", "gitVersion": "v1.37.0"}}' },
  'helm version --short': { stdout: 'v4.3.2+g1a2b3c4\n' },
};

function script(folder: string, tool: Tool, rules: [string, Answer | readonly Answer[]][]): string {
  const cases = rules.flatMap(([line, given], index) => {
    if (!line.startsWith(`${tool} `)) return [];
    const answers = [given].flat();
    answers.forEach(({ stdout = '', stderr = '', code = 0 }, turn) => {
      const name = join(folder, `${index}-${turn + 1}`);
      writeFileSync(`${name}.out`, stdout);
      writeFileSync(`${name}.err`, stderr);
      writeFileSync(`${name}.code`, String(code));
    });
    const pattern = line
      .slice(tool.length + 1)
      .split('*')
      .map((text) => `'${text.replaceAll("'", `'\\''`)}'`)
      .join('*');
    const name = join(folder, String(index));
    return [
      `${pattern})`,
      `  echo >>'${name}.hits'`,
      `  turn=$(($(wc -l <'${name}.hits')))`,
      `  [ $turn -gt ${answers.length} ] && turn=${answers.length}`,
      `  cat '${name}-'$turn.out; cat '${name}-'$turn.err >&2; exit $(cat '${name}-'$turn.code);;`,
    ];
  });
  return [
    '#!/bin/sh',
    'input=$(cat)',
    `{ printf '%s\\037' '${tool}' "$input" "$@"; printf '\\036'; } >>'${join(folder, 'calls')}'`,
    'case "$*" in',
    ...cases,
    'esac',
    '',
  ].join('\n');
}

function readCalls(folder: string): Call[] {
  let text: string;
  try {
    text = readFileSync(join(folder, 'calls'), 'utf8');
  } catch {
    return [];
  }
  return text
    .split(endOfCall)
    .filter(Boolean)
    .map((call) => {
      const [tool, input, ...args] = call.split(endOfField).slice(0, -1);
      return { tool: tool as Tool, input: input!, args };
    });
}
