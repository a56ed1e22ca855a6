import { join } from 'node:path';
import { z } from 'zod';
import { Mark } from '../../shared/contract/marks';
import type { Problem } from '../../shared/problem';
import { parseSpan } from '../observing/parse-span';
import { type JsonFile, openJsonFile } from '../ownership/open-json-file';

const Content = z.object({ marks: z.array(Mark) });
type Content = z.infer<typeof Content>;

/** The oldest of more are forgotten. */
const most = 200;

/** The bookmarks of a home, in `marks.json`: moments with names, to which questions go back. */
export class MarkBook {
  #marks: readonly Mark[];

  private constructor(
    private readonly file: JsonFile<Content>,
    private readonly now: () => number,
  ) {
    this.#marks = file.opened.marks;
  }

  static async open(home: string, now: () => number = Date.now): Promise<MarkBook> {
    const file = await openJsonFile<Content>({
      path: join(home, 'marks.json'),
      what: 'marks',
      consequence: 'there are none',
      afterDamage: 'Set them anew. ',
      empty: { marks: [] },
      parse: (value) => Content.parse(value),
      now,
    });
    return new MarkBook(file, now);
  }

  /** Why the file could not be read. */
  get problem(): Problem | null {
    return this.file.problem;
  }

  /** Newest first. */
  list(): readonly Mark[] {
    return this.#marks;
  }

  async set(name: string): Promise<Mark | { problem: Problem }> {
    const unusable = judgeName(name);
    if (unusable) return { problem: unusable };
    const mark = { name, at: this.now() };
    const problem = await this.#keep([mark, ...this.#marks.filter((other) => other.name !== name)].slice(0, most));
    return problem ? { problem } : mark;
  }

  async delete(name: string): Promise<Problem | null> {
    return this.#keep(this.#marks.filter((other) => other.name !== name));
  }

  async #keep(marks: readonly Mark[]): Promise<Problem | null> {
    const before = this.#marks;
    // In memory first: two that are set at once both stay.
    this.#marks = marks;
    const problem = await this.file.write({ marks });
    if (problem) this.#marks = before;
    return problem;
  }
}

/** What reads as a duration or a date would be taken for one. */
function judgeName(name: string): Problem | null {
  const isTime = parseSpan(name) !== undefined || /^\d{4}-\d\d-\d\d/.test(name);
  if (!isTime && /^[\p{L}\p{N}][\p{L}\p{N}._:/-]*$/u.test(name)) return null;
  return {
    kind: 'mark-name-invalid',
    message: isTime
      ? `${JSON.stringify(name)} reads as a duration or a date: as a mark it could not be told from one.`
      : `${JSON.stringify(name)} cannot be the name of a mark.`,
    hint: 'Use letters, digits and . _ : / - such as before-fix.',
  };
}
