import { templateError } from './template-error';

/** A word of an action; `position` counts characters of the whole template. */
export interface TemplateToken {
  readonly kind: 'field' | 'variable' | 'word' | 'number' | 'character' | 'string' | 'sign';
  readonly text: string;
  readonly position: number;
  /** Whether nothing stands between it and the token before. */
  readonly isAdjacent: boolean;
}

export type TemplatePiece = { readonly text: string } | { readonly tokens: readonly TemplateToken[] };

const token =
  /(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<character>'(?:[^'\\\n]|\\[^\n]|\\[xuU0-7][0-9a-fA-F]+)')|(?<variable>\$\w*)|(?<number>[+-]?(?:0[xXbBoO][\w.]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?))|(?<field>\.[\p{L}_][\p{L}\p{N}_]*)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>:=|[=|(),.])/uy;

/** Splits a template into its texts and its actions; comments are left out, `{{- ` and ` -}}` trim the text beside them. */
export function lexTemplate(template: string): TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let at = 0;
  let trimStart = false;
  for (;;) {
    const open = template.indexOf('{{', at);
    const text = template.slice(at, open === -1 ? undefined : open);
    const trimEnd = open !== -1 && /^\{\{-\s/.test(template.slice(open, open + 4));
    pieces.push({ text: trim(text, trimStart, trimEnd) });
    if (open === -1) return pieces;
    const begin = open + (trimEnd ? 3 : 2);
    const comment = /^\s*\/\*[\s\S]*?\*\/(\s-)?\}\}/.exec(template.slice(begin));
    if (comment) {
      at = begin + comment[0].length;
      trimStart = comment[1] !== undefined;
      continue;
    }
    const action = lexAction(template, begin);
    pieces.push({ tokens: action.tokens });
    at = action.end;
    trimStart = action.trims;
  }
}

function trim(text: string, start: boolean, end: boolean): string {
  const left = start ? text.replace(/^[ \t\r\n]+/, '') : text;
  return end ? left.replace(/[ \t\r\n]+$/, '') : left;
}

function lexAction(template: string, begin: number): { tokens: TemplateToken[]; end: number; trims: boolean } {
  const tokens: TemplateToken[] = [];
  let at = begin;
  for (;;) {
    const blank = /^\s*/.exec(template.slice(at, at + 4096))![0].length;
    if (blank > 0 && template.startsWith('-}}', at + blank)) return { tokens, end: at + blank + 3, trims: true };
    if (template.startsWith('}}', at + blank)) return { tokens, end: at + blank + 2, trims: false };
    at += blank;
    if (at >= template.length) throw templateError('unclosed action');
    token.lastIndex = at;
    const match = token.exec(template);
    if (!match) throw templateError(unreadable(template, at));
    const [kind] = Object.entries(match.groups!).find(([, text]) => text !== undefined)!;
    tokens.push({
      kind: kind as TemplateToken['kind'],
      text: match[0],
      position: at,
      isAdjacent: blank === 0 && tokens.length > 0,
    });
    at += match[0].length;
  }
}

function unreadable(template: string, at: number): string {
  if (template[at] === '"') return 'unterminated quoted string';
  if (template[at] === '`') return 'unterminated raw quoted string';
  if (template[at] === "'") return 'unterminated character constant';
  return `unexpected ${JSON.stringify(template[at])} in command`;
}
