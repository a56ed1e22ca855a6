import { RE2JS } from 're2js';
import type { RedactionRule } from '../contract/destinations';
import type { Problem } from '../problem';
import { type AttributeValue, textOf } from './attribute-value';
import { compilePart, compileWhole, type PatternFault } from './compile-pattern';
import { replaceMatches } from './replace-matches';

/** What an attribute's value becomes; undefined: the attribute is dropped. An untouched value comes back as it was. */
type RedactAttribute = (value: AttributeValue) => AttributeValue | undefined;

/** Rules made ready for use, by the engine's forwarder and by the preview alike. */
export interface Redaction {
  /** Null: attributes of this name pass, whatever they hold. */
  ofAttribute(key: string): RedactAttribute | null;
  /** Null: log lines pass. */
  ofLogLine: ((line: string) => string) | null;
  /** What stands in the place of a body that is no text; missing: it passes. */
  ofOtherBody?: () => string;
}

interface Step {
  concerns(key: string): boolean;
  apply: RedactAttribute;
}

/** Names whose decision is remembered; hostile telemetry may bring any number of them. */
const maxKnownKeys = 10_000;

/**
 * The rules that are enabled, in their order, each seeing what the one before it left. `sha256` answers in hex. A rule
 * that cannot be used gives a Problem `redaction-rule-invalid` naming it by its place (from 1) and the fault's place.
 */
export function compileRedaction(
  rules: readonly RedactionRule[],
  sha256: (text: string) => string,
): Redaction | Problem {
  const steps: Step[] = [];
  const masks: ((line: string) => string)[] = [];
  for (const [index, rule] of rules.entries()) {
    if (!rule.enabled) continue;
    const keys = rule.keys === undefined ? undefined : compileWhole(rule.keys);
    if (keys && !(keys instanceof RE2JS)) return invalidRule(index, rule.action, 'keys', keys);
    const concerns = (key: string) => keys === undefined || keys.test(key);
    if (rule.action === 'drop') steps.push({ concerns, apply: () => undefined });
    if (rule.action === 'hash') steps.push({ concerns, apply: (value) => sha256(textOf(value)) });
    if (rule.action !== 'mask') continue;
    const values = compilePart(rule.values);
    if (!(values instanceof RE2JS)) return invalidRule(index, rule.action, 'values', values);
    if (findsEmptyText(values)) return invalidRule(index, rule.action, 'values', { reason: 'it matches empty text' });
    const mask = (text: string) => replaceMatches(values, text, rule.replacement);
    steps.push({ concerns, apply: (value) => (typeof value === 'string' ? mask(value) : value) });
    if (keys === undefined) masks.push(mask);
  }
  return {
    ofAttribute: remember((key) => chain(steps.filter(({ concerns }) => concerns(key)))),
    ofLogLine: masks.length === 0 ? null : (line) => masks.reduce((text, mask) => mask(text), line),
  };
}

/** Such a pattern would put the replacement between all characters, and engines disagree where. */
function findsEmptyText(pattern: RE2JS): boolean {
  return ['', 'a', ' '].some((probe) => {
    const matcher = pattern.matcher(probe);
    return matcher.find() && matcher.start() === matcher.end();
  });
}

function chain(steps: readonly Step[]): RedactAttribute | null {
  if (steps.length === 0) return null;
  return (value) => {
    let current: AttributeValue | undefined = value;
    for (const { apply } of steps) {
      current = apply(current);
      if (current === undefined) return undefined;
    }
    return current;
  };
}

function remember(decide: (key: string) => RedactAttribute | null): (key: string) => RedactAttribute | null {
  const known = new Map<string, RedactAttribute | null>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const decided = decide(key);
    if (known.size >= maxKnownKeys) known.clear();
    known.set(key, decided);
    return decided;
  };
}

function invalidRule(index: number, action: string, field: 'keys' | 'values', fault: PatternFault): Problem {
  const place = fault.part === undefined ? '' : ` at character ${fault.position! + 1} ("${fault.part}")`;
  return {
    kind: 'redaction-rule-invalid',
    message: `Rule ${index + 1} (${action}): ${field} is not a usable regular expression: ${fault.reason}${place}.`,
    hint: 'Patterns are written as in RE2 (Go): no look-around and no back-references. Mend the rule or switch it off.',
  };
}
