import { describeConversation } from '../../../../shared/genai/reading/describe-conversation';
import { describeConversationForAgent } from '../../../../shared/genai/reading/describe-conversation-for-agent';
import type { Conversation } from '../../../../shared/genai/reading/turn';
import { usePageKeys } from '../../../page/page-keys';
import { copyText } from '../../../ui/text/copy-text';
import { ConversationList } from './conversation-list';
import { ConversationUsage } from './conversation-usage';
import { ReaderContext } from './reader-state';
import { ReaderToolbar } from './reader-toolbar';
import { useReader } from './use-reader';

interface ConversationViewProps {
  conversation: Conversation;
  /** Id of the span at which it opens. */
  at: string | undefined;
  /** Of this page, for texts that are taken elsewhere. */
  link: string;
  onWaterfall: () => void;
}

/** The conversation of a whole trace, to be read, searched and copied. */
export function ConversationView({ conversation, at, link, onWaterfall }: ConversationViewProps) {
  const reader = useReader(conversation.turns, conversation.outcomes, at);
  const whole = () => describeConversation(conversation);
  const forAgent = () => describeConversationForAgent(conversation, link);
  usePageKeys('Conversation', [
    { key: 'j', label: 'Next message', run: () => reader.moveBy(1) },
    { key: 'k', label: 'Previous message', run: () => reader.moveBy(-1) },
    { key: 'n', label: 'Next match', run: () => reader.nextFound() },
    { key: 'N', label: 'Previous match', run: () => reader.nextFound(-1) },
    { key: 'u', label: 'Unfold everything, or fold it', run: reader.toggleAll },
    { key: 'c', label: 'Copy the conversation', run: () => void copyText(whole(), 'the conversation') },
    { key: 'a', label: 'Copy for an agent', run: () => void copyText(forAgent(), 'the conversation for an agent') },
    { key: 'v', label: 'The waterfall', run: onWaterfall },
    { key: 'Escape', label: 'The waterfall', run: onWaterfall },
  ]);
  return (
    <ReaderContext value={reader.state}>
      <ReaderToolbar reader={reader} pageSearch copyWhole={whole} copyForAgent={forAgent} />
      <ConversationUsage conversation={conversation} />
      <ConversationList reader={reader} outcomes={conversation.outcomes} />
    </ReaderContext>
  );
}
