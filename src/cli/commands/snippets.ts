import { closest, distance } from 'fastest-levenshtein';
import type { Shell, Snippet } from '../../shared/contract/snippets';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT } from '../exit-codes';
import { jsonLine, paint, type Terminal } from '../terminal';

export interface SnippetOptions {
  service?: string;
  protocol: 'grpc' | 'http';
  json?: boolean;
}

/** The environment block alone, so that `eval "$(watchtower env)"` works. */
export async function env(options: SnippetOptions & { shell: Shell }, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const serviceName = options.service ?? (await client.host.settings()).serviceName;
  const snippet = await client.snippets.env({ serviceName, protocol: options.protocol, shell: options.shell });
  if (options.json) return terminal.out(jsonLine(snippet));
  terminal.out(`${snippet.steps.map((step) => step.code.trimEnd()).join('\n')}\n`);
}

export async function snippet(language: string, options: SnippetOptions, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const languages = (await client.snippets.languages()).map(({ id }) => id);
  if (!languages.includes(language)) throw unknownLanguage(language, languages);
  const serviceName = options.service ?? (await client.host.settings()).serviceName;
  const found = await client.snippets.snippet({ language, serviceName, protocol: options.protocol });
  terminal.out(options.json ? jsonLine(found) : describeSnippet(found, terminal));
}

function describeSnippet(found: Snippet, terminal: Terminal): string {
  const steps = found.steps.map((step) => {
    const title = `# ${step.title}${step.filename ? ` (${step.filename})` : ''}`;
    return `${paint(terminal, 'dim', title)}\n${step.code.trimEnd()}\n`;
  });
  return [...steps, ...found.notes.map((note) => `${paint(terminal, 'dim', `# ${note}`)}\n`)].join('\n');
}

function unknownLanguage(language: string, languages: string[]): CommandFailure {
  const nearest = closest(language.toLowerCase(), languages);
  const guess = distance(language.toLowerCase(), nearest) <= 3 ? `Did you mean ${nearest}? ` : '';
  return new CommandFailure(
    {
      kind: 'unknown-language',
      message: `There is no snippet for ${JSON.stringify(language)}.`,
      hint: `${guess}Known: ${languages.join(', ')}.`,
    },
    EXIT.usage,
  );
}
