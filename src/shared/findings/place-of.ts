import { remembered } from '../shapes/remembered';
import type { TraceView } from '../shapes/trace-view';
import { showPlainText } from '../show-plain-text';

/** A span's normalised name as it stands in a sentence: on one line, at most 100 characters. */
export function placeOf(view: TraceView, position: number): string {
  return quoted(view.readings[position]!.name);
}

const onOneLine = remembered((text) => showPlainText(text.replace(/\s+/g, ' ')).trim());

export function quoted(text: string, most = 100): string {
  const plain = onOneLine(text);
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}
