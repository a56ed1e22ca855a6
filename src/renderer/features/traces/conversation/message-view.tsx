import { Brain, ChevronRight } from 'lucide-react';
import { use } from 'react';
import type { Message, Part } from '../../../../shared/genai/conversation';
import type { ToolOutcome } from '../../../../shared/genai/reading/turn';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { classNames } from '../../../ui/class-names';
import { MarkText } from '../../../ui/text/mark-text';
import { FoldedText } from './folded-text';
import { isJsonText } from './is-json-text';
import { MediaMark } from './media-mark';
import { PayloadView } from './payload-view';
import { ReaderContext, useFold } from './reader-state';
import { ToolCard } from './tool-card';

interface MessageViewProps {
  /** Tells its folds from those of other messages. */
  id: string;
  message: Message;
  outcomes: ReadonlyMap<string, ToolOutcome>;
}

const looks: Readonly<Record<string, string>> = {
  user: 'border-accent',
  assistant: 'border-ok',
  tool: 'border-line-strong',
};

/** One message: who says it, and its parts. Instructions are folded, since they are long and always the same. */
export function MessageView({ id, message: { role, name, parts, finish }, outcomes }: MessageViewProps) {
  const who = showPlainText(name === '' ? role : `${role} (${name})`);
  return (
    <article aria-label={who} className={classNames('border-l-2 pl-3', looks[role] ?? 'border-line-strong')}>
      <header className="flex items-baseline gap-2 text-2xs">
        <span className="font-semibold text-muted">{who}</span>
        {finish && !/^(?:stop|end_turn|tool[_-]calls?|tool_use)$/.test(finish) && (
          <span className="text-warn">stopped: {showPlainText(finish)}</span>
        )}
      </header>
      {role === 'system' ? (
        <Hidden id={id} what="instructions" parts={parts} outcomes={outcomes} />
      ) : (
        <Parts id={id} parts={parts} outcomes={outcomes} />
      )}
    </article>
  );
}

interface PartsProps {
  id: string;
  parts: readonly Part[];
  outcomes: ReadonlyMap<string, ToolOutcome>;
}

function Parts({ id, parts, outcomes }: PartsProps) {
  return (
    <div className="space-y-2">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a message do not change
        <PartView key={index} id={`${id} ${index}`} part={part} outcomes={outcomes} />
      ))}
    </div>
  );
}

function PartView({ id, part, outcomes }: { id: string; part: Part; outcomes: ReadonlyMap<string, ToolOutcome> }) {
  switch (part.kind) {
    case 'text':
      return isJsonText(part.text) ? (
        <PayloadView id={id} title="JSON" payload={{ text: part.text, cut: false }} />
      ) : (
        <FoldedText id={id} text={part.text} />
      );
    case 'reasoning':
      return <Hidden id={id} what="reasoning" parts={[{ kind: 'text', text: part.text }]} outcomes={outcomes} />;
    case 'tool-call': {
      const outcome = outcomes.get(part.id) ?? {
        result: null,
        failed: false,
        failure: '',
        durationNs: null,
        spanId: '',
      };
      return <ToolCard id={id} name={part.name} given={part.given} {...outcome} />;
    }
    case 'tool-result':
      return (
        <ToolCard
          id={id}
          name={part.name || part.id}
          given={null}
          result={part.result}
          failed={part.failed}
          failure=""
          durationNs={null}
          spanId=""
        />
      );
    case 'media':
      return <MediaMark media={part} />;
    case 'unknown':
      return <PayloadView id={id} title={showPlainText(part.type) || 'Content'} payload={part.content} />;
  }
}

/** What is folded until asked for: its beginning on one line. */
function Hidden({ id, what, parts, outcomes }: PartsProps & { what: 'instructions' | 'reasoning' }) {
  const { needles } = use(ReaderContext);
  const text = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n');
  const [open, toggle] = useFold(`${id} hidden`, false, text);
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={toggle}
        className="flex w-full min-w-0 items-center gap-1 rounded text-left text-xs text-muted hover:bg-hover hover:text-ink"
      >
        <ChevronRight size={12} className={classNames('shrink-0', open && 'rotate-90')} aria-hidden />
        {what === 'reasoning' && <Brain size={12} className="shrink-0" aria-hidden />}
        <span className="shrink-0">
          {what === 'reasoning' ? 'Reasoning' : 'Instructions'}, {formatCount(text.length)} characters
        </span>
        {!open && (
          <span className="min-w-0 truncate text-faint">
            <MarkText text={showPlainText(text.slice(0, 200).replaceAll(/\s+/g, ' '))} needles={needles} />
          </span>
        )}
      </button>
      {open && <Parts id={id} parts={parts} outcomes={outcomes} />}
    </>
  );
}
