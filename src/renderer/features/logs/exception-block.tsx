import { CopyButton } from '../../ui/copy-button';
import { LongText } from '../../ui/long-text';

const mostShown = 8000;

/** What was thrown, with its stack as it was written: the whole width and its own line breaks. */
export function ExceptionBlock({ labels }: { labels: Readonly<Record<string, string>> }) {
  const { exception_type: type, exception_message: message, exception_stacktrace: stack } = labels;
  if (!type && !message && !stack) return null;
  const copied = stack || [type, message].filter(Boolean).join(': ');
  return (
    <section aria-label="Exception" className="mb-3 rounded-md border border-bad/40 bg-bad-soft">
      <header className="flex items-start gap-2 py-1.5 pr-1.5 pl-2.5">
        <p className="min-w-0 flex-1 text-sm wrap-anywhere">
          {type && <span className="font-mono text-xs font-semibold text-bad">{type}</span>}{' '}
          <LongText text={message ?? ''} most={mostShown} />
        </p>
        <CopyButton text={copied} what={stack ? 'the stack trace' : 'the exception'} />
      </header>
      {stack && (
        <pre className="max-h-[45vh] overflow-auto border-t border-bad/30 p-2.5 font-mono text-xs leading-5 whitespace-pre">
          <LongText text={stack} most={mostShown} />
        </pre>
      )}
    </section>
  );
}
