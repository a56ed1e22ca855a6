import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { z } from 'zod';
import { AgentId } from '../../../shared/agents/agents';
import type { Problem } from '../../../shared/problem';
import { writeFileAtomically } from '../../ownership/write-file-atomically';

const Path = z.array(z.string());

/** One thing that we wrote into a file. */
export const Layer = z.object({
  /** `mcp`, `rules`, …: of each part a file has one at most. */
  part: z.string(),
  kind: z.enum(['json', 'toml', 'block', 'whole']),
  /** Those for whom it is there: it goes with the last one. */
  agents: z.array(AgentId),
  /** The whole text without and with it, at that time; null: there was no file. */
  before: z.string().nullable(),
  after: z.string(),
  /** Of JSON and TOML: what was set, and what stood there before. */
  settings: z
    .array(
      z.object({ path: Path, value: z.unknown(), inList: z.literal(true).optional(), before: z.unknown().optional() }),
    )
    .default([]),
  /** Containers that were made for it. */
  made: z.array(Path).default([]),
});
export type Layer = z.infer<typeof Layer>;

export const LedgerEntry = z.object({
  path: z.string(),
  /** What the file said before us; null: there was none. Missing: that is no longer known. */
  original: z.object({ text: z.string().nullable() }).optional(),
  /** SHA-256 of the text that we wrote last: another text is a person's, or the agent's. */
  written: z.string(),
  madeFolders: z.array(z.string()),
  layers: z.array(Layer),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

const Ledger = z.object({ version: z.literal(1), files: z.array(LedgerEntry) });

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What was written into files of others, with what stood there before: kept in the home, for this user alone. */
export class LedgerFile {
  private constructor(
    private readonly path: string,
    private readonly entries: Map<string, LedgerEntry>,
  ) {}

  static async open(home: string): Promise<LedgerFile | { problem: Problem }> {
    const path = join(home, 'agent-setup.json');
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new LedgerFile(path, new Map());
      return { problem: unreadable(path, (error as Error).message) };
    }
    try {
      const { files } = Ledger.parse(JSON.parse(text));
      return new LedgerFile(path, new Map(files.map((entry) => [entry.path, entry])));
    } catch {
      return { problem: unreadable(path, 'it is damaged, or of a later version') };
    }
  }

  get(path: string): LedgerEntry | undefined {
    return this.entries.get(path);
  }

  /** A folder that was made for a file that is gone: from now on of another one in it, if we wrote one. */
  async inherit(folder: string): Promise<void> {
    const heir = [...this.entries.values()].find(({ path }) => path.startsWith(folder + sep));
    if (heir) await this.set({ ...heir, madeFolders: [folder, ...heir.madeFolders] });
  }

  /** One without layers is forgotten. */
  async set(entry: LedgerEntry): Promise<void> {
    if (entry.layers.length > 0) this.entries.set(entry.path, entry);
    else this.entries.delete(entry.path);
    await writeFileAtomically(this.path, `${JSON.stringify({ version: 1, files: [...this.entries.values()] })}\n`);
  }
}

function unreadable(path: string, why: string): Problem {
  return {
    kind: 'agent-file-invalid',
    message: `${path}, where Watchtower keeps what it wrote into agents' files, cannot be read: ${why}. Nothing was touched.`,
    hint: 'Move it away: what was written is then taken out only where it stands unchanged.',
  };
}
