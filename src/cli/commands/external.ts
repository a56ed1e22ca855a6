import type { HostClient } from '../../core/http/client/create-host-client';
import type { ExternalInput, ExternalSettings, ExternalTrial, QueryApi } from '../../shared/contract/external';
import { askSecrets } from '../ask';
import { CommandFailure } from '../command-failure';
import { EXIT, type ExitCode } from '../exit-codes';
import { jsonLine, paint, printable, type Terminal } from '../terminal';

export interface ExternalOptions {
  tempo?: string;
  loki?: string;
  prometheus?: string;
  otlpGrpc?: string;
  otlpHttp?: string;
  tenant?: string;
  caFile?: string;
  /** `[API:]NAME=VARIABLE`: the variable of the environment has the value. */
  headerEnv?: readonly string[];
  /** `[API:]NAME`: the value is asked for. */
  header?: readonly string[];
}

type Header = ExternalInput['headers'][number];

/** Whether any of its settings was given. */
export function changesExternal(options: ExternalOptions): boolean {
  const { headerEnv = [], header = [], ...texts } = options;
  return headerEnv.length + header.length > 0 || Object.values(texts).some((text) => text !== undefined);
}

/** Keeps what was given; what was not stays as it was. An empty text takes away what may be missing. */
export async function setExternal(client: HostClient, options: ExternalOptions): Promise<void> {
  const { settings } = await client.backend.external();
  const { headerEnv = [], header = [], ...texts } = options;
  const { headers: known = [], ...before }: Partial<ExternalSettings> = settings ?? {};
  const given = Object.entries({ ...before, ...texts }).filter(([, text]) => text !== undefined && text !== '');
  const headers = [...headerEnv.map(fromEnvironment), ...(await asked(header))];
  await client.backend.setExternal({
    tempo: '',
    loki: '',
    prometheus: '',
    ...Object.fromEntries(given),
    headers: headers.length > 0 ? headers : known,
  });
}

/** Asks each address once and says what came of it. */
export async function tellExternal(
  client: HostClient,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const trials = await client.backend.tryExternal();
  terminal.out(options.json ? jsonLine(trials) : trials.map((trial) => describeTrial(trial, terminal)).join(''));
  return trials.some(({ problem }) => problem) ? EXIT.failed : EXIT.ok;
}

function describeTrial({ title, url, problem, milliseconds }: ExternalTrial, terminal: Terminal): string {
  const mark = paint(terminal, problem ? 'red' : 'green', problem ? '✗' : '✓');
  if (!problem) return `${mark} ${title}: ${url} answers (${milliseconds} ms)\n`;
  const hint = problem.hint ? `  ${printable(problem.hint)}\n` : '';
  return `${mark} ${title}: ${printable(problem.message)}\n${hint}`;
}

async function asked(headers: readonly string[]): Promise<Header[]> {
  const values = await askSecrets(headers.map((header) => `The value of ${header}`));
  return headers.map((header, at) => ({ ...readName(header), value: values[at]! }));
}

function fromEnvironment(text: string): Header {
  const [, name, variable] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (!name || !variable || !/^[A-Za-z_]\w*$/.test(variable)) {
    throw new CommandFailure(
      {
        kind: 'secret-on-command-line',
        message:
          '--header-env takes NAME=VARIABLE: the name of a header, and of a variable of the environment that has its value.',
        hint: 'A value on a command line is seen by other programs and kept by the shell. Or give --header NAME: the value is asked for.',
      },
      EXIT.usage,
    );
  }
  const value = process.env[variable];
  if (value) return { ...readName(name), value };
  throw new CommandFailure(
    {
      kind: 'secret-missing',
      message: `The variable ${variable}, for the header ${name}, is not set.`,
      hint: 'Export it first.',
    },
    EXIT.usage,
  );
}

/** `loki:Authorization` is sent to Loki alone. */
function readName(text: string): Pick<Header, 'name' | 'api'> {
  const [, api, name] = /^(?:(tempo|loki|prometheus):)?(.*)$/.exec(text)!;
  return { name: name!, ...(api && { api: api as QueryApi }) };
}
