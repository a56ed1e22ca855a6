import { CopyButton } from './copy-button';
import { LongText } from './long-text';

export interface Exception {
  type: string;
  message: string;
  stack: string;
}

/** Longer stack traces show their beginning until asked for. */
const mostShown = 20_000;

/** An exception over the whole width: what it is, and its stack trace with the line breaks that it came with. */
export function ExceptionBlock({ type, message, stack }: Exception) {
  const text = [[type, message].filter(Boolean).join(': '), stack].filter(Boolean).join('\n');
  return (
    <section aria-label="Exception" className="rounded-md border border-bad/40 bg-bad-soft">
      <div className="flex items-start gap-2 px-2.5 py-1.5">
        <p className="min-w-0 flex-1 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap text-ink">
          {type && <b className="font-semibold text-bad">{type}</b>}
          {type && message && ': '}
          <LongText text={message} most={mostShown} />
        </p>
        <CopyButton text={text} what="the exception" />
      </div>
      {stack && (
        <pre
          className="max-h-[50vh] overflow-auto border-t border-bad/25 bg-surface px-2.5 py-2 font-mono text-xs leading-5 whitespace-pre-wrap wrap-anywhere"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
          tabIndex={0}
        >
          <LongText text={stack} most={mostShown} />
        </pre>
      )}
    </section>
  );
}
