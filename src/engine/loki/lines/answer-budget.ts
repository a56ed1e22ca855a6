import { QueryError } from '../logql/query-error';

/** Text of lines and labels in one answer. */
const MAX_BYTES = 128 * 1024 * 1024;

/** What the lines of an answer may take together; looked at before each is kept. */
export class AnswerBudget {
  private left = MAX_BYTES;

  hold(line: string, parsed: ReadonlyMap<string, string>): void {
    this.left -= line.length;
    for (const [name, value] of parsed) this.left -= name.length + value.length;
    if (this.left >= 0) return;
    throw new QueryError(
      `the lines of the answer are longer than ${MAX_BYTES / 1024 / 1024} MiB together: ask for fewer by limit, a shorter range or more filters`,
    );
  }
}
