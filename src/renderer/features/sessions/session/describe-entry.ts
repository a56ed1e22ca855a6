import { formatDuration } from '../../../../shared/format-duration';
import type { SessionEntry } from '../../../../shared/sessions/session-entry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount, formatShort } from '../../../client/format-number';

/** A row shows no more of a text. */
const shownCharacters = 300;

/** What an entry was, on one line. */
export function describeEntry(entry: SessionEntry): string {
  switch (entry.kind) {
    case 'prompt':
    case 'response':
      if (entry.text !== null) return oneLine(entry.text);
      return entry.length === undefined
        ? 'its text is not told'
        : `${formatCount(entry.length)} characters, its text is not told`;
    case 'model-call':
      return [entry.model, entry.purpose && entry.purpose !== 'main' ? `for ${entry.purpose}` : '']
        .filter(Boolean)
        .map((text) => oneLine(text!))
        .join(' ');
    case 'tool-call':
      return oneLine(entry.error && entry.ok === false ? entry.error : (summaryOf(entry.arguments) ?? ''));
    case 'subagent':
      return `${oneLine(entry.name)}${entry.tokens === undefined ? '' : `, ${formatShort(entry.tokens)} tokens`}`;
    case 'compaction':
      return [
        entry.before === undefined ? '' : `${formatShort(entry.before)} tokens`,
        entry.after === undefined ? '' : `became ${formatShort(entry.after)}`,
        entry.trigger ? `(${oneLine(entry.trigger)})` : '',
      ]
        .filter(Boolean)
        .join(' ');
    case 'error':
      return oneLine([entry.status, entry.message, entry.model].filter(Boolean).join(' '));
    case 'note':
      return oneLine([entry.name, entry.text].filter(Boolean).join(': '));
  }
}

/** After the start of the session: `+0 s`, `+3 m 20 s`. */
export function formatOffset(at: number, startedAt: number): string {
  const seconds = Math.max(0, Math.floor((at - startedAt) / 1000));
  return seconds === 0 ? '+0 s' : `+${formatDuration(seconds * 1e9)}`;
}

/** Of arguments the one that says what was done, where it is known; else all of them. */
function summaryOf(given: string | null): string | null {
  if (given === null) return null;
  try {
    const value: unknown = JSON.parse(given);
    if (value !== null && typeof value === 'object') {
      const named = value as Record<string, unknown>;
      for (const key of [
        'command',
        'full_command',
        'cmd',
        'file_path',
        'path',
        'pattern',
        'url',
        'query',
        'prompt',
        'description',
      ]) {
        if (typeof named[key] === 'string' && named[key] !== '') return named[key];
      }
    }
  } catch {
    // A text, or JSON that was cut.
  }
  return given;
}

function oneLine(text: string): string {
  return showPlainText(text.slice(0, shownCharacters)).replaceAll(/\s+/g, ' ').trim();
}
