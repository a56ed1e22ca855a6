import { formatDollars } from '../../../../shared/format-dollars';
import type { Tokens } from '../../../../shared/genai/conversation';
import { formatCount, formatShort } from '../../../client/format-number';

const named = [
  ['input', 'in', 'tokens in, as the sender counts them: with some, those read from a cache are among them'],
  ['output', 'out', 'tokens out'],
  ['cacheRead', 'cached', 'tokens read from a cache'],
  ['cacheWrite', 'to cache', 'tokens written to a cache'],
  ['reasoning', 'reasoning', 'tokens of reasoning'],
] as const;

/** Tokens and cost as they were reported; nothing of what was not. */
export function TokenCounts({ tokens, cost }: { tokens: Tokens; cost: number | null }) {
  const shown = named.filter(([name]) => tokens[name] !== undefined);
  const whole = shown.length === 0 ? tokens.total : undefined;
  return (
    <>
      {(shown.length > 0 || whole !== undefined) && (
        <span className="flex flex-wrap gap-x-2 text-muted tabular">
          {shown.map(([name, label, title]) => (
            <span key={name} title={`${formatCount(tokens[name]!)} ${title}`}>
              <span className="text-ink">{formatShort(tokens[name]!)}</span> {label}
            </span>
          ))}
          {whole !== undefined && <span>{formatShort(whole)} tokens</span>}
        </span>
      )}
      {cost !== null && (
        <span className="text-muted tabular" title="As the sender reported it">
          <span className="text-ink">{formatDollars(cost)}</span> reported
        </span>
      )}
    </>
  );
}
