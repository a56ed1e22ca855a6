import { Lexer, type Token, type Tokens } from 'marked';
import { memo, type ReactNode } from 'react';
import { showPlainText } from '../../../shared/show-plain-text';
import { MarkText } from './mark-text';
import { ToldLink } from './told-link';

/** Longer texts, and blocks nested deeper, are shown as they were written. */
const mostRead = 40_000;
const deepest = 12;
/** Of one paragraph: reading marks within it takes time that grows with the square of its length. */
const mostInline = 2000;
/** Quotes within quotes beyond any that somebody means. */
const manyQuotes = /^[\t ]*(?:>[\t ]*){13}/m;

interface ToldMarkdownProps {
  text: string;
  /** Texts that are marked where they stand. */
  needles: readonly string[];
}

/**
 * Markdown that somebody else wrote, as elements: markup and everything without a shape here stay text, pictures are named and not
 * fetched, links say where they lead. Nothing of the text is left out.
 */
export const ToldMarkdown = memo(function ToldMarkdown({ text, needles }: ToldMarkdownProps) {
  const tokens = text.length <= mostRead ? readTokens(text) : null;
  if (!tokens) return <Plain text={text} needles={needles} />;
  return <div className="space-y-2">{blocks(tokens, { needles, depth: 0 })}</div>;
});

interface Place {
  needles: readonly string[];
  depth: number;
}

function readTokens(text: string): Token[] | null {
  if (manyQuotes.test(text)) return null;
  try {
    const lexer = new Lexer();
    lexer.blockTokens(text.replaceAll(/\r\n?/g, '\n'), lexer.tokens);
    for (const { src, tokens } of lexer.inlineQueue) {
      if (src.length <= mostInline) lexer.inlineTokens(src, tokens);
      else tokens.push({ type: 'text', raw: src, text: src });
    }
    return lexer.tokens;
  } catch {
    // Nested so deep that reading it ran out of stack.
    return null;
  }
}

function Plain({ text, needles }: ToldMarkdownProps) {
  return (
    <p className="whitespace-pre-wrap wrap-anywhere">
      <MarkText text={showPlainText(text)} needles={needles} />
    </p>
  );
}

function blocks(tokens: readonly Token[], place: Place): ReactNode {
  return tokens.map((token, index) => {
    const key = `${index}`;
    if (place.depth > deepest) return <Plain key={key} text={token.raw} needles={place.needles} />;
    return <Block key={key} token={token} place={place} />;
  });
}

function Block({ token, place }: { token: Token; place: Place }): ReactNode {
  const inner = { ...place, depth: place.depth + 1 };
  switch (token.type) {
    case 'space':
      return null;
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      return <p className={depth <= 2 ? 'text-base font-semibold' : 'font-semibold'}>{inlines(tokens, inner)}</p>;
    }
    case 'paragraph':
      return <p className="wrap-anywhere whitespace-pre-wrap">{inlines((token as Tokens.Paragraph).tokens, inner)}</p>;
    case 'text': {
      const { tokens } = token as Tokens.Text;
      return tokens ? (
        <span className="wrap-anywhere whitespace-pre-wrap">{inlines(tokens, inner)}</span>
      ) : (
        <Plain text={token.raw} needles={place.needles} />
      );
    }
    case 'code': {
      const { lang, text } = token as Tokens.Code;
      return (
        <figure className="rounded border border-line bg-raised">
          {lang && (
            <figcaption className="border-b border-line px-2 py-0.5 font-mono text-2xs text-muted">
              {showPlainText(lang)}
            </figcaption>
          )}
          <pre className="px-2 py-1.5 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
            <MarkText text={showPlainText(text)} needles={place.needles} />
          </pre>
        </figure>
      );
    }
    case 'blockquote':
      return (
        <blockquote className="space-y-2 border-l-2 border-line-strong pl-2.5 text-muted">
          {blocks((token as Tokens.Blockquote).tokens, inner)}
        </blockquote>
      );
    case 'list': {
      const { ordered, start, items } = token as Tokens.List;
      const list = items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change
        <li key={index} className="wrap-anywhere">
          {item.task && <span className="font-mono text-xs">{item.checked ? '[x] ' : '[ ] '}</span>}
          {blocks(
            item.tokens.filter(({ type }) => type !== 'checkbox'),
            inner,
          )}
        </li>
      ));
      return ordered ? (
        <ol className="list-decimal space-y-1 pl-6" start={Number(start) || 1}>
          {list}
        </ol>
      ) : (
        <ul className="list-disc space-y-1 pl-5">{list}</ul>
      );
    }
    case 'table':
      return <ToldTable table={token as Tokens.Table} place={inner} />;
    case 'hr':
      return <hr className="border-line-strong" />;
    default:
      return <Plain text={token.raw} needles={place.needles} />;
  }
}

function ToldTable({ table: { header, rows }, place }: { table: Tokens.Table; place: Place }) {
  return (
    <div className="overflow-x-auto">
      <table className="text-xs">
        <tbody className="divide-y divide-line">
          {[header, ...rows].map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change
            <tr key={row} className={row === 0 ? 'font-semibold' : undefined}>
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change
                <td key={column} className="py-1 pr-4 align-top wrap-anywhere">
                  {inlines(cell.tokens, place)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inlines(tokens: readonly Token[] | undefined, place: Place): ReactNode {
  return tokens?.map((token, index) => {
    const key = `${index}`;
    return place.depth > deepest ? (
      <MarkText key={key} text={showPlainText(token.raw)} needles={place.needles} />
    ) : (
      <Inline key={key} token={token} place={{ ...place, depth: place.depth + 1 }} />
    );
  });
}

function Inline({ token, place }: { token: Token; place: Place }): ReactNode {
  const { needles } = place;
  switch (token.type) {
    case 'strong':
      return <strong className="font-semibold">{inlines((token as Tokens.Strong).tokens, place)}</strong>;
    case 'em':
      return <em>{inlines((token as Tokens.Em).tokens, place)}</em>;
    case 'del':
      return <del>{inlines((token as Tokens.Del).tokens, place)}</del>;
    case 'br':
      return '\n';
    case 'codespan':
      return (
        <code className="rounded bg-hover px-1 font-mono text-xs">
          <MarkText text={showPlainText((token as Tokens.Codespan).text)} needles={needles} />
        </code>
      );
    case 'escape':
      return <MarkText text={showPlainText((token as Tokens.Escape).text)} needles={needles} />;
    case 'link': {
      const { href, text, tokens } = token as Tokens.Link;
      return (
        <ToldLink href={href} says={text}>
          {inlines(tokens, place)}
        </ToldLink>
      );
    }
    case 'image': {
      const { href, text } = token as Tokens.Image;
      return (
        <span className="rounded border border-line bg-raised px-1 text-xs text-muted">
          <MarkText text={showPlainText(`image ${text}: ${shorten(href)}`)} needles={needles} />
        </span>
      );
    }
    case 'text': {
      const { tokens } = token as Tokens.Text;
      return tokens ? inlines(tokens, place) : <MarkText text={showPlainText(token.raw)} needles={needles} />;
    }
    default:
      return <MarkText text={showPlainText(token.raw)} needles={needles} />;
  }
}

function shorten(address: string): string {
  return address.length > 200 ? `${address.slice(0, 200)}…` : address;
}
