import { RE2JS, RE2JSSyntaxException } from 're2js';

export type PatternFault = {
  reason: string;
  /** Part of the pattern that is wrong, where the parser names one; 0-based place of it. */
  part?: string;
  position?: number;
};

/** Compiles for a match of the whole text, as Go does with `\A(?:PATTERN)\z`. */
export function compileWhole(pattern: string): RE2JS | PatternFault {
  // By itself first: `a)|(b` must not become valid by the group around it.
  const alone = compilePart(pattern);
  if (!(alone instanceof RE2JS)) return alone;
  const whole = compilePart(`\\A(?:${pattern})\\z`);
  return whole instanceof RE2JS ? whole : { reason: whole.reason };
}

/** Compiles for a search in a text. */
export function compilePart(pattern: string): RE2JS | PatternFault {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) return { reason: (error as Error).message };
    const part = error.input;
    if (!part) return { reason: error.error };
    const position = part === pattern ? -1 : pattern.indexOf(part);
    return { reason: error.error, ...(position >= 0 && { part, position }) };
  }
}
