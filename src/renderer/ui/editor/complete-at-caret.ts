import { type CompletionSource, insertCompletionText } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import { completeLogql } from './completion/complete-logql';
import { completePromql } from './completion/complete-promql';
import { completeTraceql } from './completion/complete-traceql';
import type { Offer } from './completion/completion-offer';
import type { NameSource } from './completion/name-source';
import type { QueryLanguage } from './query-language';

const completers = { TraceQL: completeTraceql, LogQL: completeLogql, PromQL: completePromql };
/** What is behind this much of a query is completed from there on alone. */
const mostRead = 20_000;
const icons: Record<Offer['kind'], string> = {
  function: 'function',
  keyword: 'keyword',
  name: 'property',
  value: 'text',
  operator: 'keyword',
};

/** What a word may have in each of the languages. */
const word = /^[^\s{}()[\]=!<>~&|,"`]*$/;
const writtenOf = ({ insert, label }: Offer) => insert ?? label;

/** What one language offers, as the editor asks for it. */
export function completeAtCaret(language: QueryLanguage, names: NameSource): CompletionSource {
  return async (context) => {
    if (context.pos > mostRead) return null;
    const gone = new AbortController();
    context.addEventListener('abort', () => gone.abort());
    const text = context.state.sliceDoc(0, context.pos);
    const found = await completers[language]({ text, explicit: context.explicit, signal: gone.signal }, names);
    if (!found || context.aborted) return null;
    const written = new Set(found.offers.map(writtenOf));
    const isWritten = (typed: string) => written.has(typed);
    // What stands there already would only have to be passed by.
    const offers = found.offers.filter((offer) => writtenOf(offer) !== text.slice(found.from));
    return {
      from: found.from,
      // While the word goes on, the same list is narrowed; where there is more than it, or it is whole, it is looked for again.
      ...(!found.more && { validFor: (typed: string) => word.test(typed) && !isWritten(typed) }),
      options: offers.map((offer) => ({
        label: offer.label,
        type: icons[offer.kind],
        ...(offer.detail && { detail: offer.detail }),
        ...(offer.info && { info: offer.info }),
        apply: (view: EditorView, _: unknown, from: number, to: number) => {
          const insert = writtenOf(offer);
          // The quote that closes a string, or a call's parenthesis, may stand there already.
          const next = view.state.sliceDoc(to, to + 1);
          const end = next !== '' && '"\'`('.includes(next) && insert.endsWith(next) ? to + 1 : to;
          view.dispatch(insertCompletionText(view.state, insert, from, end));
        },
      })),
    };
  };
}
