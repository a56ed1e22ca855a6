import { findSnippetLanguage } from '../../core/snippets/find-snippet-language';
import { renderEnv } from '../../core/snippets/render-env';
import { renderSnippet } from '../../core/snippets/render-snippet';
import { snippetLanguages } from '../../core/snippets/snippet-languages';
import type { Shell, Snippet } from '../../shared/contract/snippets';
import { CommandFailure } from '../command-failure';
import { EXIT } from '../exit-codes';
import { readSnippetTarget, type TargetOptions } from '../read-snippet-target';
import { jsonLine, paint, type Terminal } from '../terminal';

export interface SnippetOptions extends TargetOptions {
  json?: boolean;
}

/** The environment block alone, so that `eval "$(watchtower env)"` works. */
export async function env(options: SnippetOptions & { shell: Shell }, terminal: Terminal): Promise<void> {
  const snippet = renderEnv(await readSnippetTarget(options, terminal), options.shell);
  if (options.json) return terminal.out(jsonLine(snippet));
  terminal.out(`${snippet.steps.map((step) => step.code.trimEnd()).join('\n')}\n`);
}

/** The steps for one language; without one the languages there are. */
export async function snippet(
  language: string | undefined,
  options: SnippetOptions,
  terminal: Terminal,
): Promise<void> {
  if (language === undefined) return listLanguages(options, terminal);
  const found = findSnippetLanguage(language);
  if ('problem' in found) throw new CommandFailure(found.problem, EXIT.usage);
  const rendered = renderSnippet(found.language, await readSnippetTarget(options, terminal, found.language.only));
  terminal.out(options.json ? jsonLine(rendered) : describeSnippet(rendered, terminal));
}

function listLanguages(options: SnippetOptions, terminal: Terminal): void {
  const listed = snippetLanguages.map(({ id, title }) => ({ id, title }));
  const lines = listed.map(({ id, title }) => `${id.padEnd(15)} ${paint(terminal, 'dim', title)}\n`);
  terminal.out(options.json ? jsonLine(listed) : lines.join(''));
}

function describeSnippet(found: Snippet, terminal: Terminal): string {
  const steps = found.steps.map((step) => {
    const title = `# ${step.title}${step.filename ? ` (${step.filename})` : ''}`;
    return `${paint(terminal, 'dim', title)}\n${step.code.trimEnd()}\n`;
  });
  return [...steps, ...found.notes.map((note) => `${paint(terminal, 'dim', `# ${note}`)}\n`)].join('\n');
}
