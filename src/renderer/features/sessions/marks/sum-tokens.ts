import type { Tokens } from '../../../../shared/sessions/usage';

/** All that was read and written. */
export function sumTokens({ input, output, cacheRead, cacheCreation }: Tokens): number {
  return input + output + cacheRead + cacheCreation;
}
