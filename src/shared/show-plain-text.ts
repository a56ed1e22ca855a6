// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const colourSequence = /\u001b\[[0-9;:]*m/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: C0 but tab and line feed, DEL, C1
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** Marks that turn the reading direction or hide: they could make a line show what it does not say. */
const invisible = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Telemetry as harmless text: colour sequences of terminals are left out, any other control character becomes its visible
 * picture (␛), marks of direction and invisible ones their code point.
 */
export function showPlainText(text: string): string {
  return text
    .replace(colourSequence, '')
    .replace(control, (character) => picture(character.charCodeAt(0)))
    .replace(invisible, (character) => `‹U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);
}

function picture(code: number): string {
  if (code === 0x7f) return '\u2421';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : `‹U+00${code.toString(16).toUpperCase()}›`;
}
