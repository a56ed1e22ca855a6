import type { Conversation } from '../../../../shared/genai/reading/turn';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { TokenCounts } from './token-counts';

/** What the conversation used of each model. Spans that only sum up others are not counted again. */
export function ConversationUsage({ conversation: { models, tools, turns } }: { conversation: Conversation }) {
  const failed = turns.filter((turn) => turn.failed).length;
  return (
    <ul
      aria-label="What was used"
      className="flex shrink-0 flex-wrap items-baseline gap-x-5 gap-y-1 border-b border-line bg-surface px-4 py-1.5 text-xs"
    >
      {models.map(({ model, calls, tokens, cost }) => (
        <li key={model} className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium wrap-anywhere">{showPlainText(model) || 'model not told'}</span>
          <span className="text-muted tabular">
            {formatCount(calls)} {calls === 1 ? 'call' : 'calls'}
          </span>
          <TokenCounts tokens={tokens} cost={cost} />
        </li>
      ))}
      {tools > 0 && (
        <li className="text-muted tabular">
          {formatCount(tools)} tool {tools === 1 ? 'call' : 'calls'}
        </li>
      )}
      {failed > 0 && <li className="text-bad tabular">{formatCount(failed)} failed</li>}
    </ul>
  );
}
