import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { Problem } from '../../../shared/problem';
import { placeIn } from './place-in';

/** What JSON with comments says; undefined for a text without a value, which agents take for `{}`. */
export function readJson(text: string): { readonly value: unknown } | { readonly problem: Problem } {
  if (text.trim() === '') return { value: undefined };
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) {
    const reason = printParseErrorCode(first.error).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return {
      problem: {
        kind: 'agent-file-invalid',
        message: `It is not valid JSON: ${reason} at ${placeIn(text, first.offset)}. It was not touched.`,
        hint: 'Mend that place, then try again.',
      },
    };
  }
  if (isObject(value)) return { value };
  return {
    problem: {
      kind: 'agent-file-invalid',
      message: 'It holds JSON, but no object ({ … }). It was not touched.',
      hint: 'Make it an object, or move it away, then try again.',
    },
  };
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
