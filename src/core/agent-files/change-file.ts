import { createTwoFilesPatch } from 'diff';
import type { AgentId } from '../../shared/agents/agents';
import type { SetupChange } from '../../shared/contract/agents';
import type { Problem } from '../../shared/problem';
import type { Edit } from './edit/edit';
import { digestOf, type Layer, type LedgerEntry, type LedgerFile } from './ledger/ledger';
import { putLayer } from './ledger/put-layer';
import { takeLayer } from './ledger/take-layer';
import { readTextFile, removeTextFile, type TextFile, writeTextFile } from './ledger/text-file';

/** A place in a file that is ours while an agent is set up. */
export interface Target {
  /** Those that read it. */
  readonly agents: readonly AgentId[];
  readonly part: SetupChange['part'];
  readonly path: string;
  readonly shown: string;
  readonly edit: Edit;
  /** What a person set there gives way, and comes back. */
  readonly replaces?: true;
}

/** What a change comes to, and the way to carry it out. */
export interface PlannedChange {
  readonly change: SetupChange;
  /** The Problem says why the file stays as it was. */
  carryOut(): Promise<Problem | null>;
}

export async function planPut(target: Target, ledger: LedgerFile): Promise<PlannedChange> {
  const file = await readTextFile(target.path);
  if ('problem' in file) return refused(target, file.problem);
  const entry = ledger.get(file.path);
  const layer = entry?.layers.find(({ part, kind }) => part === target.part && kind === target.edit.kind);
  const put = putLayer(file.text, target.edit, { entry, layer, replaces: target.replaces === true });
  if (put && 'problem' in put) return refused(target, put.problem);
  if (put === null) {
    const joins = layer !== undefined && target.agents.some((agent) => !layer.agents.includes(agent));
    return {
      change: describeChange(target, file, file.text),
      async carryOut() {
        if (joins) {
          const joined = { ...layer, agents: union(layer.agents, target.agents) };
          await ledger.set({ ...entry!, layers: entry!.layers.map((other) => (other === layer ? joined : other)) });
        }
        return null;
      },
    };
  }
  const agents = union(layer?.agents ?? [], target.agents);
  const layers = [
    ...(entry?.layers.filter((other) => other !== layer) ?? []),
    { ...put.layer, part: target.part, agents },
  ];
  return {
    change: describeChange(target, file, put.text),
    carryOut: () => write(file, put.text, ledger, { entry, layers }),
  };
}

export async function planTake(target: Target, ledger: LedgerFile): Promise<PlannedChange> {
  const file = await readTextFile(target.path);
  if ('problem' in file) {
    // What is not ours is no concern of a removal.
    return ledger.get(file.path) ? refused(target, file.problem) : unchanged(target);
  }
  const entry = ledger.get(file.path);
  const layer = entry?.layers.find(({ part, kind }) => part === target.part && kind === target.edit.kind);
  if (entry && layer) return takeKnown(target, file, { entry, layer, ledger });
  return takeUnknown(target, file, ledger);
}

function takeKnown(
  target: Target,
  file: TextFile,
  { entry, layer, ledger }: { entry: LedgerEntry; layer: Layer; ledger: LedgerFile },
): PlannedChange {
  const agents = layer.agents.filter((agent) => !target.agents.includes(agent));
  const others = entry.layers.filter((other) => other !== layer);
  if (agents.length > 0) {
    const layers = [...others, { ...layer, agents }];
    return {
      change: describeChange(target, file, file.text),
      carryOut: () => ledger.set({ ...entry, layers }).then(() => null),
    };
  }
  if (file.text === undefined) {
    return {
      change: describeChange(target, file, undefined),
      carryOut: () => ledger.set({ ...entry, layers: others }).then(() => null),
    };
  }
  const taken = takeLayer(file.text, entry, layer);
  if ('problem' in taken) return refused(target, taken.problem);
  return {
    change: { ...describeChange(target, file, taken.text), ...(taken.left && { problem: taken.left }) },
    carryOut: () => write(file, taken.text, ledger, { entry, layers: others }),
  };
}

/** Of another home, or of somebody else's machine: it goes where it stands just as we would write it. */
function takeUnknown(target: Target, file: TextFile, ledger: LedgerFile): PlannedChange {
  if (file.text === undefined) return unchanged(target);
  const known = ledger.get(file.path);
  const put = putLayer(file.text, target.edit, { entry: undefined, layer: undefined, replaces: false });
  if (put !== null) {
    const isOther = 'problem' in put && put.problem.kind === 'agent-file-changed';
    return isOther ? refused(target, put.problem) : unchanged(target);
  }
  const { edit } = target;
  const settings = edit.kind === 'json' || edit.kind === 'toml' ? edit.settings : [];
  const layer: Layer = {
    part: target.part,
    kind: edit.kind,
    agents: [],
    before: file.text,
    after: file.text,
    settings: settings.map((setting) => ({ ...setting, path: [...setting.path] })),
    made: settings.flatMap(({ path, inList }) =>
      Array.from({ length: inList ? path.length : path.length - 1 }, (_, index) => path.slice(0, index + 1)),
    ),
  };
  const entry: LedgerEntry = { path: file.path, written: '', madeFolders: [], layers: [layer] };
  const taken = takeLayer(file.text, entry, layer);
  if ('problem' in taken) return refused(target, taken.problem);
  return {
    change: describeChange(target, file, taken.text),
    // What goes was not put there by us: what stood there before us is no longer the way back.
    carryOut: () => write(file, taken.text, ledger, { entry: known, layers: known?.layers ?? [], forget: true }),
  };
}

async function write(
  file: TextFile,
  text: string | undefined,
  ledger: LedgerFile,
  { entry, layers, forget = false }: { entry: LedgerEntry | undefined; layers: Layer[]; forget?: boolean },
): Promise<Problem | null> {
  const again = await readTextFile(file.path);
  if ('problem' in again) return again.problem;
  if (again.text !== file.text || again.bom !== file.bom) {
    return {
      kind: 'agent-file-changed',
      message: 'It changed while this was at work. It was not touched.',
      hint: 'Try again.',
    };
  }
  const original = forget ? undefined : originalOf(file.text, entry);
  const folders = entry?.madeFolders ?? [];
  const next: LedgerEntry = {
    path: file.path,
    ...(original && { original }),
    written: digestOf(text ?? ''),
    madeFolders: folders,
    layers,
  };
  if (text === undefined) {
    const stay = await removeTextFile(file.path, folders);
    await ledger.set(next);
    // They go with the last of what we put into them.
    for (const folder of stay.reverse()) await ledger.inherit(folder);
    return null;
  }
  // What stood there is kept before it is written over.
  if (layers.length > 0) await ledger.set(next);
  const written = await writeTextFile(file, text);
  if ('problem' in written) {
    await ledger.set(entry ?? { ...next, layers: [] });
    return written.problem;
  }
  await ledger.set({ ...next, madeFolders: [...folders, ...written.made] });
  return null;
}

/** What the file would say without anything of ours; undefined where that cannot be told any more. */
function originalOf(text: string | undefined, entry: LedgerEntry | undefined): LedgerEntry['original'] {
  if (!entry || entry.layers.length === 0) return { text: text ?? null };
  if (text === undefined) return { text: null };
  if (digestOf(text) === entry.written) return entry.original;
  let current: string | undefined = text;
  for (let at = entry.layers.length - 1; at >= 0; at--) {
    const taken = takeLayer(
      current,
      { ...entry, layers: entry.layers.slice(0, at + 1), written: '' },
      entry.layers[at]!,
    );
    if ('problem' in taken || taken.left) return undefined;
    if (taken.text === undefined) return { text: null };
    current = taken.text;
  }
  return { text: current };
}

function describeChange({ agents, part, path, shown }: Target, file: TextFile, text: string | undefined): SetupChange {
  const base = { agents: [...agents], part, path, shown };
  if (text === file.text) return { ...base, action: 'none', diff: '' };
  const [from, to] = [file.text === undefined ? '/dev/null' : shown, text === undefined ? '/dev/null' : shown];
  const patch = createTwoFilesPatch(from, to, file.text ?? '', text ?? '', undefined, undefined, { context: 2 });
  const diff = patch.replace(/^=+\n/, '');
  return { ...base, action: file.text === undefined ? 'create' : text === undefined ? 'delete' : 'change', diff };
}

function unchanged({ agents, part, path, shown }: Target): PlannedChange {
  return { change: { agents: [...agents], part, path, shown, action: 'none', diff: '' }, carryOut: async () => null };
}

function refused(target: Target, problem: Problem): PlannedChange {
  const { change } = unchanged(target);
  return {
    change: { ...change, problem: { ...problem, message: `${target.shown}: ${problem.message}` } },
    carryOut: async () => problem,
  };
}

const union = (some: readonly AgentId[], more: readonly AgentId[]): AgentId[] => [...new Set([...some, ...more])];
