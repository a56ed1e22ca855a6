import { CopyButton } from './copy-button';
import { HighlightedCode } from './highlighted-code';

interface CodeBlockProps {
  code: string;
  /** Name of the highlighting grammar; unknown names are shown plain. */
  syntax: string;
  /** What the copy button says it copies. */
  what: string;
  filename?: string;
}

/** Code to copy, in colours. */
export function CodeBlock({ code, syntax, what, filename }: CodeBlockProps) {
  const copy = <CopyButton text={code} what={what} label="Copy" />;
  return (
    <div className="overflow-hidden rounded-md border border-line bg-surface">
      {filename && (
        <div className="flex items-center justify-between border-b border-line py-1 pr-2 pl-3">
          <code className="font-mono text-xs text-muted">{filename}</code>
          {copy}
        </div>
      )}
      <div className="flex items-start">
        <pre className="min-w-0 flex-1 overflow-x-auto p-3 font-mono text-xs leading-5">
          <HighlightedCode code={code.trimEnd()} syntax={syntax} />
        </pre>
        {/* Beside the code, not over it: what is scrolled under a button cannot be read. */}
        {!filename && <div className="shrink-0 p-2">{copy}</div>}
      </div>
    </div>
  );
}
