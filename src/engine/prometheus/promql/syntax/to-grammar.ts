const TOKEN =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#[^\n]*|\s+|(?<hex>0X)(?=[\da-fA-F])|(?<![\w.:])(?<whole>\d+)\.(?![\w.])|(?<word>[a-zA-Z_:][\w:]*)|\d[\w.]*|./gs;

/** Whether there may be anything to do: most queries are long in other ways. */
const NEEDED = /0X|\d\.|\^|\boffset\b/i;

/** Words after which an expression begins, so that `offset` there is the name of a metric. */
const BEFORE_EXPRESSION = new Set(['', 'and', 'or', 'unless', 'atan2', 'bool', ...'(,+-*/%^=<>~']);

/**
 * The text with what Prometheus reads and the published grammar does not in a form that both read, character by character
 * as long: `2.` as a number, `0X1F`, and a metric that is called `offset`. Powers are given as products: operators are ordered
 * anew in any case, and the parser cuts what binds to the right off when it is some hundred levels deep, within a selector as
 * well. Names and operators are read from the text as it was.
 */
export function toGrammar(query: string): string {
  if (!NEEDED.test(query)) return query;
  let before = '';
  return query.replace(TOKEN, (token: string, ...rest: unknown[]) => {
    const { hex, whole, word } = rest.at(-1) as Record<string, string | undefined>;
    if (/^[\s#]/.test(token)) return token;
    const begins = BEFORE_EXPRESSION.has(before);
    before = token.toLowerCase();
    if (hex) return '0x';
    if (whole) return `${whole} `;
    if (token === '^') return '*';
    return word && before === 'offset' && begins ? '_ffset' : token;
  });
}
