import { useEffect, useState } from 'react';
import { CopyButton } from './copy-button';
import type { CodeToken } from './highlight-code';

interface CodeBlockProps {
  code: string;
  /** Name of the highlighting grammar; unknown names are shown plain. */
  syntax: string;
  /** What the copy button says it copies. */
  what: string;
  filename?: string;
}

/** Code to copy, coloured by shiki; plain until the grammar has loaded. */
export function CodeBlock({ code: whole, syntax, what, filename }: CodeBlockProps) {
  const code = whole.trimEnd();
  const [lines, setLines] = useState<{ code: string; tokens: CodeToken[][] } | null>(null);
  useEffect(() => {
    let current = true;
    void import('./highlight-code').then(async ({ highlightCode }) => {
      const tokens = await highlightCode(code, syntax);
      if (current) setLines({ code, tokens });
    });
    return () => {
      current = false;
    };
  }, [code, syntax]);

  const copy = <CopyButton text={whole} what={what} label="Copy" />;
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
          {lines?.code === code
            ? lines.tokens.map((tokens) => (
                <span key={tokens[0]?.offset}>
                  {tokens.map((token) => (
                    <span key={token.offset} style={{ color: token.colour }}>
                      {token.text}
                    </span>
                  ))}
                  {'\n'}
                </span>
              ))
            : code}
        </pre>
        {/* Beside the code, not over it: what is scrolled under a button cannot be read. */}
        {!filename && <div className="shrink-0 p-2">{copy}</div>}
      </div>
    </div>
  );
}
