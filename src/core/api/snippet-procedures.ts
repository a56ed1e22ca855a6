import { ORPCError } from '@orpc/server';
import type { HostStatus } from '../../shared/contract/host';
import { chooseTarget } from '../snippets/choose-target';
import { findSnippetLanguage } from '../snippets/find-snippet-language';
import { renderEnv } from '../snippets/render-env';
import { renderSnippet } from '../snippets/render-snippet';
import { snippetLanguages } from '../snippets/snippet-languages';
import type { SnippetTarget } from '../snippets/snippet-target';
import type { Implementer } from './implement-contract';
import { refuse } from './map-problem';

/** Env blocks and snippets with the endpoints of the running host filled in. */
export function createSnippetProcedures(os: Implementer, { status }: { status(): HostStatus }) {
  const target = (wanted: Pick<SnippetTarget, 'serviceName' | 'protocol'>, only?: 'http'): SnippetTarget => {
    const chosen = chooseTarget(status().endpoints, wanted, only);
    if ('problem' in chosen) throw refuse('BACKEND', chosen.problem);
    return chosen;
  };
  return os.snippets.router({
    languages: os.snippets.languages.handler(() => snippetLanguages.map(({ id, title }) => ({ id, title }))),
    env: os.snippets.env.handler(({ input }) => renderEnv(target(input), input.shell)),
    snippet: os.snippets.snippet.handler(({ input }) => {
      const found = findSnippetLanguage(input.language);
      if ('language' in found) return renderSnippet(found.language, target(input, found.language.only));
      throw new ORPCError('NOT_FOUND', { message: `${found.problem.message} ${found.problem.hint}` });
    }),
  });
}
