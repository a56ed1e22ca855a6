import type { Shell, Snippet } from '../../shared/contract/snippets';
import { otelVariables } from './otel-variables';
import { quoteForDotenv, quoteForFish, quoteForPosix, quoteForPowerShell } from './quote-for-shell';
import type { SnippetTarget } from './snippet-target';

type Pairs = readonly (readonly [name: string, value: string])[];

interface EnvForm {
  title: string;
  syntax: string;
  filename?: string;
  where: string;
  render(pairs: Pairs): string;
}

const lines = (pairs: Pairs, line: (name: string, value: string) => string) =>
  pairs.map(([name, value]) => line(name, value)).join('\n');

const exports = (pairs: Pairs) => lines(pairs, (name, value) => `export ${name}=${quoteForPosix(value)}`);

const forms: Record<Shell, EnvForm> = {
  bash: { title: 'bash', syntax: 'bash', where: 'the shell that starts your app', render: exports },
  zsh: { title: 'zsh', syntax: 'zsh', where: 'the shell that starts your app', render: exports },
  fish: {
    title: 'fish',
    syntax: 'fish',
    where: 'the shell that starts your app',
    render: (pairs) => lines(pairs, (name, value) => `set -gx ${name} ${quoteForFish(value)}`),
  },
  powershell: {
    title: 'PowerShell',
    syntax: 'powershell',
    where: 'the shell that starts your app',
    render: (pairs) => lines(pairs, (name, value) => `$env:${name} = ${quoteForPowerShell(value)}`),
  },
  dotenv: {
    title: '.env',
    syntax: 'dotenv',
    filename: '.env',
    where: 'the .env file your app loads',
    render: (pairs) => lines(pairs, (name, value) => `${name}=${quoteForDotenv(value)}`),
  },
  'launch.json': {
    title: 'VS Code launch.json',
    syntax: 'json',
    filename: '.vscode/launch.json',
    where: 'the configuration of your app in launch.json',
    render: (pairs) => `"env": ${JSON.stringify(Object.fromEntries(pairs), null, 2)}`,
  },
};

/** The variables every OpenTelemetry SDK reads, in the form one shell or tool takes. */
export function renderEnv(target: SnippetTarget, shell: Shell): Snippet {
  const { title, syntax, filename, where, render } = forms[shell];
  return {
    language: shell,
    title,
    steps: [
      { title: `Put this into ${where}`, syntax, code: render(otelVariables(target)), ...(filename && { filename }) },
    ],
    notes: ['Works with every OpenTelemetry SDK.', ...(filename ? [] : ['A new terminal has to set them again.'])],
  };
}
