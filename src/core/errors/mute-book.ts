import { join } from 'node:path';
import { z } from 'zod';
import { Muting } from '../../shared/contract/errors';
import type { Problem } from '../../shared/problem';
import { type JsonFile, openJsonFile } from '../ownership/open-json-file';

/** `at`: Unix milliseconds. */
const Muted = z.object({ id: z.string().min(1).max(64), how: Muting, at: z.number() });
type Muted = z.infer<typeof Muted>;
const Content = z.object({ muted: z.array(Muted) });
type Content = z.infer<typeof Content>;

/** Of more the oldest are forgotten. */
const most = 2000;

/** Which errors a person does not want to see, in `muted-errors.json` of the home. */
export class MuteBook {
  #muted: ReadonlyMap<string, Muted>;
  #version = 0;

  private constructor(
    private readonly file: JsonFile<Content>,
    private readonly now: () => number,
  ) {
    this.#muted = byId(file.opened.muted);
  }

  static async open(home: string, now: () => number = Date.now): Promise<MuteBook> {
    const file = await openJsonFile<Content>({
      path: join(home, 'muted-errors.json'),
      what: 'mutings',
      consequence: 'no error is muted',
      afterDamage: 'Mute errors anew. ',
      empty: { muted: [] },
      parse: (value) => Content.parse(value),
      now,
    });
    return new MuteBook(file, now);
  }

  /** Why the file could not be read. */
  get problem(): Problem | null {
    return this.file.problem;
  }

  /** Another number after each change. */
  get version(): number {
    return this.#version;
  }

  find(id: string): Muted | undefined {
    return this.#muted.get(id);
  }

  /** `how` null ends it. A Problem says why all stays as it was. */
  async mute(ids: readonly string[], how: Muting | null): Promise<Problem | null> {
    const before = this.#muted;
    const named = new Set(ids);
    const others = [...before.values()].filter(({ id }) => !named.has(id));
    const at = this.now();
    const added = how === null ? [] : [...named].map((id) => ({ id, how, at }));
    const muted = [...added, ...others].slice(0, most);
    // In memory first: two that are muted at once both stay.
    this.#muted = byId(muted);
    this.#version++;
    const problem = await this.file.write({ muted });
    if (problem) this.#muted = before;
    return problem;
  }
}

function byId(muted: readonly Muted[]): ReadonlyMap<string, Muted> {
  return new Map(muted.map((each) => [each.id, each]));
}
