import { showPlainText } from '../../show-plain-text';
import type { Turn } from './turn';

/** What a turn is called: its model, its agent or its tool; else the span's name. */
export function nameTurn({ span, name }: Turn): string {
  if (span.work === 'tool') return showPlainText(span.tool?.name || name);
  if (span.work === 'agent') return showPlainText(span.agent || name);
  return showPlainText(span.model || name);
}
