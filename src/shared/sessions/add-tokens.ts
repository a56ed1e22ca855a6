import type { Tokens } from './usage';

export const noTokens: Tokens = { input: 0, output: 0, cacheRead: 0, cacheCreation: 0 };

export function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheCreation: a.cacheCreation + b.cacheCreation,
  };
}

export function sumOfTokens({ input, output, cacheRead, cacheCreation }: Tokens): number {
  return input + output + cacheRead + cacheCreation;
}

/** Of an input that holds what came from a cache and went into one, as most but Anthropic's API count it. */
export function splitInput(input: number, cacheRead: number, cacheCreation: number): Omit<Tokens, 'output'> {
  const cached = cacheRead + cacheCreation;
  // Less than was cached cannot hold it: this one counts them apart.
  return { input: input >= cached ? input - cached : input, cacheRead, cacheCreation };
}
