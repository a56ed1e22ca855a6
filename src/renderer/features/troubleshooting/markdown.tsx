import { marked, type Token, type Tokens } from 'marked';
import type { ReactNode } from 'react';
import { Table, Td, Th } from '../../ui/layout/table';

/** Shows a document of ours as elements, never as markup. A table's row that begins with code gets that as its id; so does a heading its text. */
export function Markdown({ text }: { text: string }) {
  return <>{marked.lexer(text).map((token, index) => block(token, index))}</>;
}

/** What a forge makes of a heading. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

function block(token: Token, key: number): ReactNode {
  switch (token.type) {
    case 'heading':
      return heading(token as Tokens.Heading, key);
    case 'paragraph':
      return (
        <p key={key} className="my-2 max-w-[80ch]">
          {inline(token.tokens)}
        </p>
      );
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      const List = ordered ? 'ol' : 'ul';
      return (
        <List key={key} className={`my-2 max-w-[80ch] space-y-1 pl-5 ${ordered ? 'list-decimal' : 'list-disc'}`}>
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change
            <li key={index}>{item.tokens.map((each, at) => block(each, at))}</li>
          ))}
        </List>
      );
    }
    case 'text':
      return <span key={key}>{inline((token as Tokens.Text).tokens ?? [token])}</span>;
    case 'code':
      return (
        <pre key={key} className="my-2 overflow-x-auto rounded bg-raised p-2 font-mono text-xs">
          {(token as Tokens.Code).text}
        </pre>
      );
    case 'table':
      return table(token as Tokens.Table, key);
    default:
      return null;
  }
}

function heading({ depth, text, tokens }: Tokens.Heading, key: number): ReactNode {
  const look = depth === 2 ? 'mt-6 mb-2 text-base font-semibold' : 'mt-4 mb-1 text-sm font-semibold';
  if (depth === 1) return null;
  const Heading = depth === 2 ? 'h3' : 'h4';
  return (
    <Heading key={key} id={anchorOf(text)} className={look}>
      {inline(tokens)}
    </Heading>
  );
}

function table({ header, rows }: Tokens.Table, key: number): ReactNode {
  return (
    <Table key={key} className="my-2">
      <thead>
        <tr>
          {header.map((cell) => (
            <Th key={cell.text}>{inline(cell.tokens)}</Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr
            key={cells[0]!.text}
            id={cells[0]!.text.replaceAll('`', '')}
            className="align-baseline aria-[current=true]:bg-selected"
          >
            {cells.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change
              <Td key={index} className={index === 0 ? 'whitespace-nowrap' : ''}>
                {inline(cell.tokens)}
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function inline(tokens: Token[] | undefined): ReactNode {
  return tokens?.map((token, key) => {
    switch (token.type) {
      case 'codespan':
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change
          <code key={key} className="font-mono text-xs">
            {token.text}
          </code>
        );
      case 'strong':
        // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change
        return <strong key={key}>{inline(token.tokens)}</strong>;
      case 'em':
        // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change
        return <em key={key}>{inline(token.tokens)}</em>;
      // Other documents are not shipped: their names stand there as words.
      case 'link':
        return inline(token.tokens);
      default:
        return 'text' in token ? token.text : null;
    }
  });
}
