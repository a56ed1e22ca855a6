import { RE2JS } from 're2js';
import { estimateSteps } from './estimate-steps';

/** Compiling so many takes some tens of milliseconds, during which nobody else has a turn. */
export const MAX_REGEX_STEPS = 10_000;
/** Expressions that stay compiled. */
const MAX_KEPT = 100;

/** A regular expression that is right, and larger than this engine compiles. */
export class RegexTooLarge extends Error {
  override readonly name = 'RegexTooLarge';

  constructor(steps: number) {
    super(
      `the regular expression is too large: it has about ${steps} steps, and the embedded engine takes ${MAX_REGEX_STEPS}; repeat less in it, or name values one by one (a|b|c)`,
    );
  }
}

const kept = new Map<string, RE2JS>();

/** RE2 as Go compiles it, with re2js' flags. Throws re2js' error where the pattern is wrong, or `RegexTooLarge`. */
export function compileRegex(pattern: string, flags = 0): RE2JS {
  const key = `${flags}:${pattern}`;
  const known = kept.get(key);
  if (known) return known;
  const steps = estimateSteps(pattern);
  if (steps > MAX_REGEX_STEPS) throw new RegexTooLarge(steps);
  const compiled = RE2JS.compile(pattern, flags);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, compiled);
  return compiled;
}
