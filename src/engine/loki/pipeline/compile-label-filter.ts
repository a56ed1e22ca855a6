import { compileMatcher } from '../../regex/compile-matcher';
import type { Comparison, LabelFilter, Matcher } from '../logql/ast';
import { findIp, parseIpPattern } from '../logql/match-ip';
import { parseBytes } from '../logql/parse-bytes';
import { parseDuration } from '../logql/parse-duration';
import type { LogLabels } from './log-labels';
import { parseFloatStrictly } from './parse-float';
import { wholeTraceId } from './whole-trace-id';

export type LabelTest = (labels: LogLabels) => boolean;

const compare: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};

const readers = {
  number: {
    read: parseFloatStrictly,
    problem: (text: string) => `strconv.ParseFloat: parsing "${text}": invalid syntax`,
  },
  duration: {
    read: (text: string) => parseDuration(text, true),
    problem: (text: string) => `time: invalid duration "${text}"`,
  },
  bytes: { read: parseBytes, problem: (text: string) => `strconv.ParseFloat: parsing "${text}": invalid syntax` },
};

/** A filter over a line's labels. A value that cannot be read as a number lets the line pass with `__error__`. */
export function compileLabelFilter(filter: LabelFilter): LabelTest {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return combine(filter.kind, compileLabelFilter(filter.left), compileLabelFilter(filter.right));
    case 'matcher': {
      const matches =
        filter.matcher.name === 'trace_id' ? compileIdMatcher(filter.matcher) : compileMatcher(filter.matcher);
      return (labels) => matches(readLabel(labels, filter.matcher.name));
    }
    case 'ip': {
      const matches = parseIpPattern(filter.pattern)!;
      return (labels) => {
        // Loki lets a line with an error pass, so that the error is seen.
        if (labels.error !== '') return true;
        const value = labels.get(filter.name);
        return value !== undefined && findIp(matches, value) !== filter.negated;
      };
    }
    default: {
      const { read, problem } = readers[filter.kind];
      const passes = compare[filter.comparison];
      return (labels) => {
        const text = labels.get(filter.name);
        if (text === undefined) return false;
        const value = read(text);
        if (value !== undefined) return passes(value, filter.value);
        if (labels.error === '') labels.fail('LabelFilterErr', problem(text));
        return true;
      };
    }
  }
}

// Both sides of an `and` run even when the first fails: an unreadable value must leave its error.
function combine(kind: 'and' | 'or', left: LabelTest, right: LabelTest): LabelTest {
  if (kind === 'or') return (labels) => left(labels) || right(labels);
  return (labels) => {
    const first = left(labels);
    return right(labels) && first;
  };
}

/** An id is equal to itself without its leading zeros. */
function compileIdMatcher(matcher: Matcher): (value: string) => boolean {
  const matches = compileMatcher(matcher);
  const { operator, value: sought } = matcher;
  const id = operator === '=' || operator === '!=' ? wholeTraceId(sought) : undefined;
  if (id === undefined) return matches;
  return (value) => (value === id || value === sought) === (operator === '=');
}

function readLabel(labels: LogLabels, name: string): string {
  if (name === '__error__') return labels.error;
  if (name === '__error_details__') return labels.errorDetails;
  return labels.get(name) ?? '';
}
