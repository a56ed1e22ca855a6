import type { Problem } from '../../../shared/problem';
import type { Edit, Edited, Setting } from '../edit/edit';
import { editBlock, findBlock } from '../edit/edit-block';
import { editJson, isSet, missingParents, valueAt } from '../edit/edit-json';
import { editToml, isSetInToml, tomlValueAt } from '../edit/edit-toml';
import { readJson } from '../edit/read-json';
import { readToml } from '../edit/read-toml';
import type { Layer, LedgerEntry } from './ledger';
import { takeLayer } from './take-layer';

/** `null`: it stands there already. */
export type Put =
  | { readonly text: string; readonly layer: Omit<Layer, 'part' | 'agents'> }
  | null
  | { readonly problem: Problem };

/**
 * Puts an edit into a text. What we wrote earlier in its place gives way; what others wrote there stays, and is said, unless
 * `replaces`: what stood there is then kept for the way back.
 */
export function putLayer(
  current: string | undefined,
  edit: Edit,
  { entry, layer, replaces }: { entry: LedgerEntry | undefined; layer: Layer | undefined; replaces: boolean },
): Put {
  const standing = standsThere(current, edit);
  if (typeof standing === 'object') return standing;
  if (standing === 'same' && !asksForLess(edit, layer)) return null;
  let base = current;
  if (current !== undefined && entry && layer) {
    const taken = takeLayer(current, entry, layer);
    if ('problem' in taken) return taken;
    if (taken.left) return { problem: taken.left };
    base = taken.text;
  }
  const now = standsThere(base, edit);
  if (typeof now === 'object') return now;
  if (now === 'other' && !replaces) return { problem: isOfOthers(edit) };
  const edited = editText(base, edit);
  if ('problem' in edited) return edited;
  const after = edited.text!;
  return { text: after, layer: { kind: edit.kind, before: base ?? null, after, ...layerOf(base, edit) } };
}

/** Whether we set something earlier that is not wanted any more. */
function asksForLess(edit: Edit, layer: Layer | undefined): boolean {
  if (edit.kind === 'whole' || edit.kind === 'block' || !layer) return false;
  const wanted = new Set(edit.settings.map(({ path }) => path.join('\0')));
  return layer.settings.some(({ path }) => !wanted.has(path.join('\0')));
}

/** Whether a text says what the edit would make it say, or something else in that place. */
function standsThere(text: string | undefined, edit: Edit): 'same' | 'other' | 'nothing' | { problem: Problem } {
  if (edit.kind === 'whole') return text === undefined ? 'nothing' : text === edit.text ? 'same' : 'other';
  if (edit.kind === 'block') {
    const there = findBlock(text ?? '')?.text.replaceAll('\r\n', '\n');
    return there === undefined ? 'nothing' : there === edit.text ? 'same' : 'other';
  }
  const read = readDocument(text, edit.kind);
  if ('problem' in read) return read;
  const [isThere, at] = edit.kind === 'json' ? [isSet, valueAt] : [isSetInToml, tomlValueAt];
  if (edit.settings.every((setting) => isThere(read.value, setting))) return 'same';
  const isOther = (setting: Setting) =>
    !setting.inList && !isThere(read.value, setting) && at(read.value, setting.path) !== undefined;
  return edit.settings.some(isOther) ? 'other' : 'nothing';
}

function editText(text: string | undefined, edit: Edit): Edited {
  switch (edit.kind) {
    case 'json':
      return editJson(text, edit.settings);
    case 'toml':
      return editToml(text, edit.settings);
    case 'block':
      return editBlock(text, edit.text);
    case 'whole':
      return { text: edit.text };
  }
}

function layerOf(text: string | undefined, edit: Edit): Pick<Layer, 'settings' | 'made'> {
  if (edit.kind === 'whole' || edit.kind === 'block') return { settings: [], made: [] };
  const read = readDocument(text, edit.kind);
  const document = 'problem' in read ? undefined : read.value;
  const [isThere, at] = edit.kind === 'json' ? [isSet, valueAt] : [isSetInToml, tomlValueAt];
  // What says so already is a person's, and stays when ours goes.
  const settings = edit.settings.filter((setting) => !isThere(document, setting));
  return {
    settings: settings.map((setting) => {
      const before = setting.inList ? undefined : at(document, setting.path);
      return { ...setting, path: [...setting.path], ...(before !== undefined && { before }) };
    }),
    made: settings.flatMap((setting) => missingParents(document, setting)),
  };
}

function readDocument(text: string | undefined, kind: 'json' | 'toml') {
  return kind === 'json' ? readJson(text ?? '') : readToml(text ?? '');
}

function isOfOthers(edit: Edit): Problem {
  const what =
    edit.kind === 'whole'
      ? 'A file of that name is there that'
      : edit.kind === 'block'
        ? 'A part with our marks stands there that'
        : `${edit.settings[0]!.path.join('.')} stands there already, in words that`;
  return {
    kind: 'agent-file-changed',
    message: `${what} Watchtower did not write, or that somebody changed since. It stays as it is.`,
    hint: 'Take it out by hand, then try again; or keep it, and do what is shown by hand.',
  };
}
