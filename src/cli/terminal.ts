import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where a command writes; a test gives its own. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** Whether `out` is a terminal that shows colours. */
  readonly coloured: boolean;
  readonly columns: number;
}

export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  coloured: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
  columns: process.stdout.columns ?? 120,
};

/** `text` in a style on a terminal with colours, else as it is. */
export function paint(terminal: Terminal, style: Style, text: string): string {
  return terminal.coloured ? styleText(style, text, { validateStream: false }) : text;
}

// Telemetry is hostile: an escape sequence in a log line must not drive the user's terminal.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text from telemetry made safe to print: control characters but newline and tab are shown as `\xNN`. */
export function printable(text: string): string {
  return text.replace(CONTROL, (found) => `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
