import { styleText } from 'node:util';
import { findHarness } from '../shared/agents/find-harness';

type Style = Parameters<typeof styleText>[0];

/** Where a command writes; a test gives its own. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** Whether `out` is a terminal that shows colours. */
  readonly coloured: boolean;
  /** Whether a person reads `out`: what opens the panel is printed to nobody else. */
  readonly isPerson: boolean;
  readonly columns: number;
  /** Whether a coding agent reads `out`: answers are those of its tools, short and without colours. */
  readonly isAgent?: boolean;
}

const isAgent = findHarness(process.env) !== null;

export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  coloured: Boolean(process.stdout.isTTY) && !isAgent && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
  isPerson: Boolean(process.stdout.isTTY) && !isAgent,
  isAgent,
  columns: process.stdout.columns ?? 120,
};

/** `text` in a style on a terminal with colours, else as it is. */
export function paint(terminal: Terminal, style: Style, text: string): string {
  return terminal.coloured ? styleText(style, text, { validateStream: false }) : text;
}

// Telemetry is hostile: an escape sequence in a log line must not drive the user's terminal.
// Marks that turn the direction of writing would show a line in another order than it is.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text from telemetry made safe to print: control characters but newline and tab are shown as `\xNN`, others as `\uNNNN`. */
export function printable(text: string): string {
  return text.replace(CONTROL, showCode);
}

/** A name from telemetry made safe to print on a line with others: a newline in it would forge a line. */
export function printableName(name: string): string {
  return printable(name).replace(/[\t\n]/g, showCode);
}

/** One line of JSON that a terminal can show: JSON itself leaves the control characters above ASCII as they are. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value).replace(/[\u007f-\u009f]/g, (found) => `\\u00${hex(found, 2)}`)}\n`;
}

function showCode(found: string): string {
  return found < '\u0100' ? `\\x${hex(found, 2)}` : `\\u${hex(found, 4)}`;
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, '0');
}
