import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Message } from '../../../../shared/genai/conversation';
import type { ToolOutcome } from '../../../../shared/genai/reading/turn';
import { classNames } from '../../../ui/class-names';
import type { ConversationRow } from './conversation-rows';
import { MessageView } from './message-view';
import { useFold } from './reader-state';
import { ToolCard } from './tool-card';
import { TurnHead } from './turn-head';
import type { Reader } from './use-reader';

interface ConversationListProps {
  reader: Reader;
  outcomes: ReadonlyMap<string, ToolOutcome>;
}

/** The rows of a conversation; only those in sight are in the page. */
export function ConversationList({ reader: { rows, selected, goTo, point }, outcomes }: ConversationListProps) {
  const frame = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => (rows[index]!.kind === 'turn' ? 40 : 90),
    getItemKey: (index) => rows[index]!.key,
    overscan: 8,
  });
  useEffect(() => {
    if (goTo >= 0) virtual.scrollToIndex(goTo, { align: 'auto' });
  }, [goTo, virtual]);
  return (
    <section
      ref={frame}
      aria-label="Conversation"
      data-testid="conversation"
      className="min-h-0 flex-1 overflow-y-auto bg-surface text-sm"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index]!;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the keys j and k select rows as well
            // biome-ignore lint/a11y/useKeyWithClickEvents: as above
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              data-row={row.kind}
              data-selected={index === selected || undefined}
              onClick={() => point(index)}
              className={classNames(
                'absolute inset-x-0 px-4',
                row.kind === 'turn' ? 'border-t border-line bg-raised py-1.5' : 'py-2',
                index === selected && 'bg-selected',
              )}
              style={{ transform: `translateY(${start}px)` }}
            >
              <div className="max-w-[100ch]">
                <Row row={row} outcomes={outcomes} />
              </div>
            </div>
          );
        })}
      </div>
    </section>
  );
}

function Row({ row, outcomes }: { row: ConversationRow; outcomes: ReadonlyMap<string, ToolOutcome> }) {
  if (row.kind === 'turn') return <TurnHead turn={row.turn} />;
  const { entry, turn, key } = row;
  if (entry.kind === 'message') return <MessageView id={key} message={entry.message} outcomes={outcomes} />;
  if (entry.kind === 'earlier') return <Earlier id={key} messages={entry.messages} outcomes={outcomes} />;
  const { name, given, result } = entry.run;
  return (
    <ToolCard
      id={key}
      name={name || turn.name}
      given={given}
      result={result}
      failed={turn.failed}
      failure=""
      durationNs={null}
      spanId=""
    />
  );
}

interface EarlierProps {
  id: string;
  messages: readonly Message[];
  outcomes: ReadonlyMap<string, ToolOutcome>;
}

/** What the model was given once more: folded, since it stands above. */
function Earlier({ id, messages, outcomes }: EarlierProps) {
  const [open, toggle] = useFold(`${id} earlier`, false, '');
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={toggle}
        className="flex items-center gap-1 rounded text-xs text-muted hover:bg-hover hover:text-ink"
      >
        <ChevronRight size={12} className={classNames('shrink-0', open && 'rotate-90')} aria-hidden />
        {messages.length === 1
          ? '1 message from above, given again'
          : `${messages.length} messages from above, given again`}
      </button>
      {open && (
        <div className="mt-2 space-y-2 opacity-80">
          {messages.map((message, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the messages of a request do not change
            <MessageView key={index} id={`${id} ${index}`} message={message} outcomes={outcomes} />
          ))}
        </div>
      )}
    </>
  );
}
