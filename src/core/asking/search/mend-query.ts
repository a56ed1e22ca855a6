import { askQuestion } from '../../observing/ask-question';
import { endingWith } from '../../observing/asked-client';
import { blankStrings } from '../../observing/blank-strings';
import { relaxQuery } from '../../observing/relax-query';
import { languageOf, type Signal } from '../../observing/signal';
import type { Refusal } from '../answer/told';
import type { SearchRequest } from './search-request';

const mostTried = 8;
const intrinsics =
  /^(?:name|status|statusMessage|kind|duration|rootName|rootServiceName|traceDuration|nestedSet\w+|true|false|nil|error|ok|unset|server|client|internal|producer|consumer)$/;

interface RefusedQuery {
  readonly code?: string;
  readonly data?: { readonly message?: string; readonly position?: number };
  readonly message?: string;
}

/** Why a query was refused, and the nearest one that is not; undefined where nothing was refused, or no query was typed. */
export async function mendQuery(
  error: unknown,
  signal: Signal,
  { query, scope, asking }: SearchRequest,
): Promise<Refusal | undefined> {
  if ((error as RefusedQuery).code !== 'QUERY' || query === undefined) return undefined;
  const client = endingWith(asking.host.client, asking.signal);
  // What was asked may have been built around the query, and then tells of characters that nobody typed.
  const own = await askQuestion(client, { signal, query }, scope.window, 1).then(
    () => undefined,
    (cause: RefusedQuery) => (cause.code === 'QUERY' ? cause : undefined),
  );
  asking.signal.throwIfAborted();
  const { data, message } = own ?? (error as RefusedQuery);
  const at = own?.data?.position === undefined ? '' : ` (at character ${own.data.position + 1})`;
  const refused = `The ${languageOf[signal]} query was refused${at}: ${data?.message ?? message ?? ''}`;
  for (const nearest of nearestQueries(signal, query).slice(0, mostTried)) {
    const works = await askQuestion(client, nearest, scope.window, 1).then(
      () => true,
      () => false,
    );
    asking.signal.throwIfAborted();
    if (!works) continue;
    const other = nearest.signal === signal ? '' : ` (signal=${nearest.signal})`;
    return { refused, hint: `This one works${other}: ${nearest.query}` };
  }
  return { refused, hint: 'Plain filters need no query: service, name, text, error, min, where.' };
}

/** What was most likely meant, the likeliest first. */
function nearestQueries(signal: Signal, query: string): { signal: Signal; query: string }[] {
  const spelled = signal === 'traces' ? spellTraceql(query) : signal === 'logs' ? spellLogql(query) : query.trim();
  const own = spelled === query ? [] : [{ signal, query: spelled }];
  const others = (['traces', 'logs', 'metrics'] as const)
    .filter((other) => other !== signal)
    .map((other) => ({ signal: other, query }));
  const relaxed = [spelled, query].flatMap((text) =>
    relaxQuery({ signal, query: text }).map(({ query: less }) => ({ signal, query: less })),
  );
  return [...own, ...others, ...relaxed];
}

/** Names of other languages as TraceQL writes them: braces, `&&`, `=`, double quotes, a dot before an attribute. */
function spellTraceql(query: string): string {
  const text = /[{]/.test(query) ? query : `{ ${query} }`;
  const quoted = text.replace(/'([^'"\\]*)'/g, '"$1"');
  return outsideStrings(quoted, (code) =>
    code
      .replace(/\bAND\b|(?<!&)&(?!&)/gi, '&&')
      .replace(/\bOR\b/gi, '||')
      .replace(/==/g, '=')
      .replace(/(?<![\w.:])([A-Za-z_][\w.-]*)(?=\s*(?:=|!=|<|>|!~))/g, (name: string) =>
        intrinsics.test(name) || /^(?:span|resource|event|link|instrumentation)\./.test(name) ? name : `.${name}`,
      ),
  );
}

function spellLogql(query: string): string {
  const text = /[{]/.test(query) ? query : `{service_name=~".+"} |= ${JSON.stringify(query)}`;
  const selector = /^\s*\{\s*\}/.test(text) ? text.replace(/\{\s*\}/, '{service_name=~".+"}') : text;
  const quoted = selector.replace(/'([^'"\\]*)'/g, '"$1"');
  return outsideStrings(quoted, (code) =>
    code
      .replace(/==/g, '=')
      .replace(/\bAND\b/gi, ',')
      .replace(/([A-Za-z_]\w*)((?:\.\w+)+)(?=\s*[=!])/g, (name: string) => name.replaceAll('.', '_')),
  );
}

/** Changes what does not stand between quotes. */
function outsideStrings(query: string, change: (code: string) => string): string {
  const bare = blankStrings(query);
  let changed = '';
  let from = 0;
  for (const { index, 0: found } of bare.matchAll(/(["'`]) *\1/g)) {
    changed += change(query.slice(from, index)) + query.slice(index, index + found.length);
    from = index + found.length;
  }
  return changed + change(query.slice(from));
}
