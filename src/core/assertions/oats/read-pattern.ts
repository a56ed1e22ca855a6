import { RE2JS } from 're2js';
import type { TextPattern } from '../case';
import type { YamlMapping } from '../yaml/yaml-mapping';

/** A regular expression of Go's syntax; one that is none is a problem of the key. */
export function readPattern(mapping: YamlMapping, key: string, pattern: string): TextPattern {
  checkPattern(mapping, key, pattern);
  return { matches: pattern };
}

export function checkPattern(mapping: YamlMapping, key: string, pattern: string): void {
  try {
    RE2JS.compile(pattern);
  } catch (error) {
    mapping.report(key, `${JSON.stringify(pattern)} is no regular expression: ${(error as Error).message}`);
  }
}
