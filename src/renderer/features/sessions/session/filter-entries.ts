import type { SessionEntry } from '../../../../shared/sessions/session-entry';

/** What of a session's time line is shown. */
export const entryFilters = [
  { value: 'all', label: 'All' },
  { value: 'prompts', label: 'Prompts' },
  { value: 'tools', label: 'Tools' },
  { value: 'trouble', label: 'Trouble' },
] as const;
export type EntryFilter = (typeof entryFilters)[number]['value'];

/** Failed, asked for once more, or held up by the person. */
export function isTrouble(entry: SessionEntry): boolean {
  if (entry.kind === 'error') return true;
  if (entry.kind !== 'tool-call') return entry.kind === 'compaction';
  const { ok, repeats, decision } = entry;
  return (
    ok === false || repeats !== undefined || (decision !== undefined && /reject|deny|denied/i.test(decision.decision))
  );
}

export function filterEntries(
  entries: readonly SessionEntry[],
  filter: EntryFilter,
  text: string,
): readonly SessionEntry[] {
  const wanted = text.trim().toLowerCase();
  return entries.filter((entry) => passes(entry, filter) && (wanted === '' || textOf(entry).includes(wanted)));
}

function passes(entry: SessionEntry, filter: EntryFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'prompts':
      return entry.kind === 'prompt' || entry.kind === 'response';
    case 'tools':
      return entry.kind === 'tool-call' || entry.kind === 'subagent';
    case 'trouble':
      return isTrouble(entry);
  }
}

function textOf(entry: SessionEntry): string {
  return textsOf(entry).join('\n').toLowerCase();
}

function textsOf(entry: SessionEntry): readonly string[] {
  switch (entry.kind) {
    case 'prompt':
    case 'response':
      return [entry.text ?? ''];
    case 'model-call':
      return [entry.model, entry.stopReason ?? '', entry.purpose ?? ''];
    case 'tool-call':
      return [entry.tool, entry.server ?? '', entry.arguments ?? '', entry.result ?? '', entry.error ?? ''];
    case 'subagent':
      return [entry.name];
    case 'compaction':
      return [entry.trigger ?? ''];
    case 'error':
      return [entry.message, entry.model ?? '', entry.status ?? ''];
    case 'note':
      return [entry.name, entry.text];
  }
}
