import type { TraceView } from '../shapes/trace-view';
import { showPlainText } from '../show-plain-text';

/** A span's normalised name as it stands in a sentence: on one line, at most 100 characters. */
export function placeOf(view: TraceView, position: number): string {
  return quoted(view.readings[position]!.name);
}

export function quoted(text: string, most = 100): string {
  const plain = showPlainText(text.replace(/\s+/g, ' ')).trim();
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}
