import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createFolder } from '../../ground/create-folder';
import { Run } from '../../shared/runs/run';
import { RunSummary } from '../../shared/runs/run-summary';
import { writeFileAtomically } from '../ownership/write-file-atomically';

const version = 1;

const KeptRun = z.object({
  version: z.literal(version),
  run: Run,
  /** What runs it, as of `ProcessIdentity`. */
  process: z.object({ pid: z.number().int(), started: z.string() }),
});
export type KeptRun = Omit<z.infer<typeof KeptRun>, 'version'>;

const AnyVersion = z.object({ version: z.number() });

export type Found<Content> =
  | { state: 'absent' }
  | { state: 'read'; content: Content }
  /** Written by a newer Watchtower: left as it is. */
  | { state: 'newer'; version: number }
  | { state: 'unreadable'; reason: string };

/** The folder `runs` of a home: for each run a file of what is known of it, and one of its summary. Mode 0600. */
export class RunFiles {
  readonly folder: string;

  constructor(home: string) {
    this.folder = join(home, 'runs');
  }

  /** Every run that has a file, by its id. */
  async readAll(): Promise<Map<string, Found<KeptRun>>> {
    const names = await readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const ids = names.flatMap((name) => /^([a-z2-7]{8})\.json$/.exec(name)?.[1] ?? []);
    return new Map(
      await Promise.all(ids.map(async (id) => [id, await readVersioned(this.#pathOf(id), KeptRun)] as const)),
    );
  }

  async write(kept: KeptRun): Promise<void> {
    createFolder(this.folder);
    await writeFileAtomically(this.#pathOf(kept.run.id), `${JSON.stringify({ version, ...kept })}\n`);
  }

  readSummary(id: string): Promise<Found<RunSummary>> {
    return readVersioned(this.#summaryOf(id), RunSummary);
  }

  async writeSummary(summary: RunSummary): Promise<void> {
    createFolder(this.folder);
    await writeFileAtomically(this.#summaryOf(summary.run.id), `${JSON.stringify(summary)}\n`);
  }

  /** The run was seen at work: its file's time says when last. */
  async touch(id: string, now: number): Promise<void> {
    await utimes(this.#pathOf(id), now / 1000, now / 1000).catch(() => undefined);
  }

  /** Unix milliseconds of the last `write` or `touch`; undefined where there is no file. */
  async lastSeen(id: string): Promise<number | undefined> {
    return (await stat(this.#pathOf(id)).catch(() => undefined))?.mtimeMs;
  }

  async delete(id: string): Promise<void> {
    await rm(this.#summaryOf(id), { force: true });
    await rm(this.#pathOf(id), { force: true });
  }

  #pathOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }

  #summaryOf(id: string): string {
    return join(this.folder, `${id}.summary.json`);
  }
}

async function readVersioned<Content>(path: string, schema: z.ZodType<Content>): Promise<Found<Content>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? { state: 'absent' } : { state: 'unreadable', reason: message };
  }
  try {
    const value: unknown = JSON.parse(text);
    const any = AnyVersion.safeParse(value);
    if (any.success && any.data.version > version) return { state: 'newer', version: any.data.version };
    return { state: 'read', content: schema.parse(value) };
  } catch (error) {
    return { state: 'unreadable', reason: (error as Error).message };
  }
}
