export const matcherOperators = ['=', '!=', '=~', '!~'] as const;
export type MatcherOperator = (typeof matcherOperators)[number];

/** What the series of a selector have in a label, or have not. */
export interface LabelMatcher {
  label: string;
  operator: MatcherOperator;
  /** For `=~` and `!~` a regular expression. */
  value: string;
}

const plain = /^[a-zA-Z_]\w*$/;

/** A label as PromQL writes it: one of other characters than its own is quoted. */
export function labelText(label: string): string {
  return plain.test(label) ? label : JSON.stringify(label);
}

/** As they stand in a selector: `zone="eu", "http.route"!="/health"`. */
export function renderMatchers(matchers: readonly LabelMatcher[]): string {
  return matchers
    .map(({ label, operator, value }) => `${labelText(label)}${operator}${JSON.stringify(value)}`)
    .join(', ');
}

/** What `renderMatchers` wrote, from a link that anybody may have written: what cannot be read is left out with all behind it. */
export function readMatchers(text: string): LabelMatcher[] {
  const matchers: LabelMatcher[] = [];
  const one = /\s*(?:([a-zA-Z_]\w*)|("(?:[^"\\]|\\.)*"))\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*")\s*(?:,|$)/y;
  for (;;) {
    const match = one.exec(text);
    if (!match) return matchers;
    const label = match[1] ?? unquote(match[2]!);
    const value = unquote(match[4]!);
    if (label === null || value === null) return matchers;
    matchers.push({ label, operator: match[3] as MatcherOperator, value });
  }
}

/** These, and one more in place of those that say something of the very same value. */
export function withMatcher(matchers: readonly LabelMatcher[], added: LabelMatcher): LabelMatcher[] {
  const others = matchers.filter(({ label, value }) => label !== added.label || value !== added.value);
  // One value at a time can be equal to the label.
  const kept =
    added.operator === '=' ? others.filter((each) => each.label !== added.label || each.operator !== '=') : others;
  return [...kept, added];
}

function unquote(text: string): string | null {
  try {
    return JSON.parse(text) as string;
  } catch {
    return null;
  }
}
