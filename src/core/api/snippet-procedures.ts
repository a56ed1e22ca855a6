import { ORPCError } from '@orpc/server';
import type { HostStatus } from '../../shared/contract/host';
import { findSnippetLanguage } from '../snippets/find-snippet-language';
import { renderEnv } from '../snippets/render-env';
import { renderSnippet } from '../snippets/render-snippet';
import { snippetLanguages } from '../snippets/snippet-languages';
import type { SnippetTarget } from '../snippets/snippet-target';
import type { Implementer } from './implement-contract';

/** Env blocks and snippets with the endpoints of the running host filled in. */
export function createSnippetProcedures(os: Implementer, { status }: { status(): HostStatus }) {
  const target = ({ serviceName, protocol }: Pick<SnippetTarget, 'serviceName' | 'protocol'>): SnippetTarget => {
    const { otlpGrpc, otlpHttp } = status().endpoints;
    return { serviceName, protocol, otlpGrpc, otlpHttp };
  };
  return os.snippets.router({
    languages: os.snippets.languages.handler(() => snippetLanguages.map(({ id, title }) => ({ id, title }))),
    env: os.snippets.env.handler(({ input }) => renderEnv(target(input), input.shell)),
    snippet: os.snippets.snippet.handler(({ input }) => {
      const found = findSnippetLanguage(input.language);
      if ('language' in found) return renderSnippet(found.language, target(input));
      throw new ORPCError('NOT_FOUND', { message: `${found.problem.message} ${found.problem.hint}` });
    }),
  });
}
