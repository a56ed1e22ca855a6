import { useMemo } from 'react';
import type { LogRecord } from '../../../../shared/contract/telemetry';
import { describeConversation } from '../../../../shared/genai/reading/describe-conversation';
import { describeConversationForAgent } from '../../../../shared/genai/reading/describe-conversation-for-agent';
import { readSpanConversation } from '../../../../shared/genai/reading/read-span-conversation';
import type { SpanNode, TraceLayout } from '../../../../shared/trace/layout-trace';
import { ConversationList } from './conversation-list';
import { ReaderContext } from './reader-state';
import { ReaderToolbar } from './reader-toolbar';
import { useReader } from './use-reader';

interface SpanConversationProps {
  node: SpanNode;
  layout: TraceLayout;
  /** Of the trace. */
  logs: readonly LogRecord[];
  link: string;
}

/** All that one span says, in the pane beside the waterfall. */
export function SpanConversation({ node, layout, logs, link }: SpanConversationProps) {
  const conversation = useMemo(() => readSpanConversation(layout, node, logs), [layout, node, logs]);
  const reader = useReader(conversation.turns, conversation.outcomes, undefined);
  return (
    <ReaderContext value={reader.state}>
      <ReaderToolbar
        reader={reader}
        copyWhole={() => describeConversation(conversation)}
        copyForAgent={() => describeConversationForAgent(conversation, link)}
      />
      <ConversationList reader={reader} outcomes={conversation.outcomes} />
    </ReaderContext>
  );
}
