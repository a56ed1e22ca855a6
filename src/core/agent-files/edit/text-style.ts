/** How a text ends its lines and indents: as most of it does. */
export interface TextStyle {
  readonly eol: '\n' | '\r\n';
  /** One step. */
  readonly indent: string;
}

export function styleOf(text: string): TextStyle {
  const all = text.split('\n').length - 1;
  const windows = text.split('\r\n').length - 1;
  const indents = [...text.matchAll(/^([ \t]+)(?=\S)/gm)].map(([, indent]) => indent!);
  const first = indents.filter((indent) => indent.startsWith('\t') || indent.length <= 8)[0];
  return {
    eol: windows > all / 2 ? '\r\n' : '\n',
    indent: first === undefined ? '  ' : first[0] === '\t' ? '\t' : first,
  };
}
