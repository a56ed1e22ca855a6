import { compileMatcher } from '../../regex/compile-matcher';
import type { DictionaryReader } from '../../store/reader/reader';
import type { Matcher } from '../logql/ast';
import { type LogStream, logStreamOf } from '../records/log-stream';

/** Streams whose labels pass all matchers, by the ids of their resources. A label that is absent is ''. */
export function selectStreams(
  dictionary: DictionaryReader,
  matchers: readonly Matcher[],
): ReadonlyMap<number, LogStream> {
  const tests = matchers.map((matcher) => ({ name: matcher.name, passes: compileMatcher(matcher) }));
  const selected = new Map<number, LogStream>();
  for (const [id, resource] of dictionary.resources()) {
    const stream = logStreamOf(resource);
    if (tests.every(({ name, passes }) => passes(stream.labels.get(name) ?? ''))) selected.set(id, stream);
  }
  return selected;
}
