import { RE2JS } from 're2js';

/** RE2 as Go compiles it; throws with RE2's message. */
export function compileRegex(pattern: string): RE2JS {
  return RE2JS.compile(pattern);
}

/** A test for the whole value; `.` matches a newline too, as in Loki's stream matchers. */
export function compileAnchored(pattern: string): (value: string) => boolean {
  const regex = RE2JS.compile(pattern, RE2JS.DOTALL);
  return (value) => regex.testExact(value);
}
