import { useEffect, useState } from 'react';
import { loadPart } from '../../client/loading/load-part';
import type { CodeToken } from './highlight-code';

interface HighlightedCodeProps {
  code: string;
  /** Name of the highlighting grammar; unknown names are shown plain. */
  syntax: string;
}

/** Code coloured by shiki; plain until the grammar has loaded, and where it cannot be. */
export function HighlightedCode({ code, syntax }: HighlightedCodeProps) {
  const [lines, setLines] = useState<{ code: string; tokens: CodeToken[][] } | null>(null);
  useEffect(() => {
    let current = true;
    const colour = async () => {
      const { highlightCode } = await loadPart(() => import('./highlight-code'));
      const tokens = await highlightCode(code, syntax);
      if (current) setLines({ code, tokens });
    };
    void colour().catch(() => {});
    return () => {
      current = false;
    };
  }, [code, syntax]);
  if (lines?.code !== code) return code;
  return lines.tokens.map((tokens) => (
    <span key={tokens[0]?.offset}>
      {tokens.map((token) => (
        <span key={token.offset} style={{ color: token.colour }}>
          {token.text}
        </span>
      ))}
      {'\n'}
    </span>
  ));
}
