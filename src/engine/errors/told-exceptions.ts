import type { IdLists, StoreReader } from '../store/reader/reader';
import { type DescribedTelling, describeException } from './describe-telling';
import { type ErrorAttributes, ESCAPED, MESSAGE, STACK, TYPE } from './error-attributes';
import { type ExceptionIds, readExceptionTexts } from './exception-texts';
import type { GroupTable } from './group-table';

/** Rows whose texts are read together. */
export const EXCEPTIONS_AT_ONCE = 8000;

export interface ToldException extends DescribedTelling {
  readonly escaped: boolean;
}

/** What rows of attributes tell of exceptions; each combination of attributes is described once. */
export class ToldExceptions {
  private readonly known = new Map<string, ToldException>();

  constructor(
    private readonly reader: StoreReader,
    private readonly groups: GroupTable,
    readonly attributes: ErrorAttributes,
  ) {}

  /**
   * What each row from `from` up to `to` tells; undefined where it has none of an exception's attributes. `messageOf` says what a row
   * of a typed exception says that came without a message.
   */
  async describe(
    lists: IdLists,
    { from, to }: { from: number; to: number },
    signal: AbortSignal,
    messageOf?: (row: number) => string,
  ): Promise<(ToldException | undefined)[]> {
    const ids = new Uint32Array(5);
    const keys: (string | undefined)[] = [];
    const wanted = new Map<string, ExceptionIds & { row: number }>();
    for (let row = from; row < to; row++) {
      const isTold = this.attributes.pick(lists, row, ids);
      const [, type, message, stack, escaped] = ids as unknown as [number, number, number, number, number];
      const isOwn = messageOf !== undefined && ids[MESSAGE] === 0;
      const key = isTold ? `${type} ${message} ${stack} ${escaped}${isOwn ? ` ${row}` : ''}` : undefined;
      keys.push(key);
      if (key !== undefined && !this.known.has(key) && !wanted.has(key))
        wanted.set(key, { type: ids[TYPE]!, message: ids[MESSAGE]!, stack: ids[STACK]!, escaped: ids[ESCAPED]!, row });
    }
    const own = new Map<string, ToldException>();
    if (wanted.size > 0) {
      const texts = await readExceptionTexts(this.reader, [...wanted.values()], signal);
      for (const [at, [key, { message, row }]] of [...wanted].entries()) {
        const { escaped, ...told } = texts[at]!;
        const said = told.message === '' && messageOf ? messageOf(row) : told.message;
        const described = { ...describeException(this.groups, { ...told, message: said }), escaped };
        (message === 0 && messageOf ? own : this.known).set(key, described);
      }
    }
    return keys.map((key) => (key === undefined ? undefined : (this.known.get(key) ?? own.get(key))));
  }
}
