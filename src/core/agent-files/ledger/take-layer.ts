import { isDeepStrictEqual } from 'node:util';
import { applyPatch, structuredPatch } from 'diff';
import type { Problem } from '../../../shared/problem';
import { findBlock, takeBlock } from '../edit/edit-block';
import { isSet, takeFromJson, valueAt } from '../edit/edit-json';
import { isSetInToml, takeFromToml, tomlValueAt } from '../edit/edit-toml';
import { readJson } from '../edit/read-json';
import { readToml } from '../edit/read-toml';
import { digestOf, type Layer, type LedgerEntry } from './ledger';

/** `text` undefined: the file goes. `left`: something of ours was changed meanwhile, and stays. */
export type Taken = { readonly text: string | undefined; readonly left?: Problem } | { readonly problem: Problem };

/**
 * What a file says without one of our layers. Where nobody else has written since, and it is the last one, that is what stood there
 * before us, byte for byte; else what others wrote stays as it is.
 */
export function takeLayer(current: string, entry: LedgerEntry, layer: Layer): Taken {
  const changed = findChanged(current, layer);
  if ('problem' in changed) return changed;
  const others = entry.layers.filter((other) => other !== layer);
  const isOurs = digestOf(current) === entry.written;
  if (isOurs && others.length === 0 && entry.original) return { text: entry.original.text ?? undefined };
  if (layer.kind === 'whole') return changed.left ? { text: current, left: changed.left } : { text: undefined };
  const left = changed.left && { left: changed.left };
  if (layer.kind === 'block') {
    if (changed.left) return { text: current, ...left };
    const exact = undoLines(current, layer);
    if (exact !== null && findBlock(exact) === null) return { text: exact };
    return takeBlock(current);
  }
  const take = layer.kind === 'json' ? takeFromJson : takeFromToml;
  const taken = take(current, changed.settings, layer.made);
  if ('problem' in taken) return taken;
  const exact = changed.left ? null : undoLines(current, layer);
  if (exact !== null && saysTheSame(exact, taken.text ?? '', layer.kind)) return { text: exact };
  return { text: taken.text, ...left };
}

/** The settings of a layer that still stand as they were written, and what is to be said of the others. */
function findChanged(
  current: string,
  layer: Layer,
): { settings: Layer['settings']; left?: Problem } | { problem: Problem } {
  if (layer.kind === 'whole') return { settings: [], ...(current !== layer.after && { left: stays('the file') }) };
  if (layer.kind === 'block') {
    const [now, then] = [findBlock(current), findBlock(layer.after)];
    return { settings: [], ...(now && now.text !== then?.text && { left: stays('the part between its marks') }) };
  }
  const read = layer.kind === 'json' ? readJson(current) : readToml(current);
  if ('problem' in read) return read;
  const [isThere, at] = layer.kind === 'json' ? [isSet, valueAt] : [isSetInToml, tomlValueAt];
  const settings = layer.settings.filter((setting) => isThere(read.value, setting));
  const changed = layer.settings.filter(
    (setting) => !settings.includes(setting) && !setting.inList && at(read.value, setting.path) !== undefined,
  );
  const names = changed.map(({ path }) => path.join('.'));
  return { settings, ...(names.length > 0 && { left: stays(names.join(', ')) }) };
}

function stays(what: string): Problem {
  return {
    kind: 'agent-file-changed',
    message: `Somebody changed ${what} since Watchtower wrote it: that stays as it is.`,
    hint: 'Take it out by hand, if it is not wanted any more.',
  };
}

/** The text of before, with what others changed since; null where that touches the same lines. */
function undoLines(current: string, { before, after }: Layer): string | null {
  if (current === after) return before;
  for (const context of [3, 1]) {
    const patch = structuredPatch('', '', after, before ?? '', undefined, undefined, { context });
    const undone = applyPatch(current, patch, { autoConvertLineEndings: false });
    if (undone !== false) return undone;
  }
  return null;
}

function saysTheSame(one: string, other: string, kind: 'json' | 'toml'): boolean {
  const [first, second] = kind === 'json' ? [readJson(one), readJson(other)] : [readToml(one), readToml(other)];
  if ('problem' in first || 'problem' in second) return false;
  return isDeepStrictEqual(first.value ?? {}, second.value ?? {});
}
