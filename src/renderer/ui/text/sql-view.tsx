import { useEffect, useState } from 'react';
import { showPlainText } from '../../../shared/show-plain-text';
import { loadPart } from '../../client/loading/load-part';
import { HighlightedCode } from './highlighted-code';

/** A statement with its clauses on lines of their own, in colours; as it came until then, and where nobody can read it. */
export function SqlView({ text }: { text: string }) {
  const [formatted, setFormatted] = useState<{ of: string; text: string } | null>(null);
  useEffect(() => {
    let current = true;
    const format = async () => {
      const { formatSql } = await loadPart(() => import('./format-sql'));
      const told = formatSql(text);
      if (current && told !== null) setFormatted({ of: text, text: told });
    };
    void format().catch(() => {});
    return () => {
      current = false;
    };
  }, [text]);
  const shown = showPlainText(formatted?.of === text ? formatted.text : text);
  return <HighlightedCode code={shown} syntax="sql" />;
}
