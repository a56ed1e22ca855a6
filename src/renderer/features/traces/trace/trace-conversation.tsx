import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { LogRecord } from '../../../../shared/contract/telemetry';
import { readConversation } from '../../../../shared/genai/reading/read-conversation';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { ConversationView } from '../conversation/conversation-view';
import { traceLink } from './trace-link';

const route = getRouteApi('/traces/$traceId');

interface TraceConversationProps {
  layout: TraceLayout;
  traceId: string;
  logs: readonly LogRecord[];
  onSpans: () => void;
}

/** What the spans of a trace say to models and tools, and what came back. */
export function TraceConversation({ layout, traceId, logs, onSpans }: TraceConversationProps) {
  const { span } = route.useSearch();
  const conversation = useMemo(() => readConversation(layout, logs), [layout, logs]);
  return <ConversationView conversation={conversation} at={span} link={traceLink(traceId)} onWaterfall={onSpans} />;
}
