import { showPlainText } from '../show-plain-text';

/** Text of telemetry on one line, harmless, at most so long. */
export function plainLine(text: string, most = 260): string {
  const plain = showPlainText(text.slice(0, 4 * most).replace(/\s+/g, ' ')).trim();
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}
