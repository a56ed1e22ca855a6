import { parse, TomlError } from 'smol-toml';
import type { Problem } from '../../../shared/problem';

/** What a TOML document says. */
export function readToml(text: string): { readonly value: Record<string, unknown> } | { readonly problem: Problem } {
  try {
    return { value: parse(text, { integersAsBigInt: 'asNeeded' }) };
  } catch (error) {
    const at = error instanceof TomlError ? ` at line ${error.line}, column ${error.column}` : '';
    const reason =
      error instanceof Error ? error.message.split('\n', 1)[0]!.replace(/^Invalid TOML document: /, '') : '';
    return {
      problem: {
        kind: 'agent-file-invalid',
        message: `It is not valid TOML: ${reason}${at}. It was not touched.`,
        hint: 'Mend that place, then try again.',
      },
    };
  }
}
