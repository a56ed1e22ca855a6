import { compileMatcher } from '../../regex/compile-matcher';
import type { LabelSelector } from '../logql/ast';
import type { LineStage } from './line-stage';

const ownLabels = new Set(['__error__', '__error_details__', '__preserve_error__']);

/** `| drop a, b="x"`. */
export function compileDrop(selectors: readonly LabelSelector[]): LineStage {
  const compiled = selectors.map(({ name, matcher }) => ({ name, matches: matcher && compileMatcher(matcher) }));
  return (line, labels) => {
    for (const { name, matches } of compiled) {
      if (name === '__error__') {
        if (!matches || matches(labels.error)) labels.error = '';
      } else if (name === '__error_details__') {
        if (!matches || matches(labels.errorDetails)) labels.errorDetails = '';
      } else if (!matches || matches(labels.get(name) ?? '')) {
        labels.remove(name);
      }
    }
    return line;
  };
}

/** `| keep a, b="x"`: everything else goes. */
export function compileKeep(selectors: readonly LabelSelector[]): LineStage {
  const compiled = selectors.map(({ name, matcher }) => ({ name, matches: matcher && compileMatcher(matcher) }));
  return (line, labels) => {
    for (const [label, value] of labels.all()) {
      if (ownLabels.has(label)) continue;
      if (!compiled.some(({ name, matches }) => name === label && (!matches || matches(value)))) labels.remove(label);
    }
    return line;
  };
}
