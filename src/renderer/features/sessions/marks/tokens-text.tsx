import type { Tokens } from '../../../../shared/sessions/usage';
import { formatCount, formatShort } from '../../../client/format-number';
import { sumTokens } from './sum-tokens';

/** All tokens in short; which they were on hover. */
export function TokensText({ tokens }: { tokens: Tokens }) {
  const sum = sumTokens(tokens);
  const parts = [
    `${formatCount(tokens.input)} read anew`,
    `${formatCount(tokens.cacheRead)} from a cache`,
    `${formatCount(tokens.cacheCreation)} into a cache`,
    `${formatCount(tokens.output)} written`,
  ];
  return (
    <span title={parts.join('\n')} className={sum === 0 ? 'text-faint' : undefined}>
      {sum === 0 ? '–' : formatShort(sum)}
    </span>
  );
}
