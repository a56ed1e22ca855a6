import { ORPCError } from '@orpc/server';
import type { Problem } from '../../shared/problem';
import type { MarkBook } from '../marks/mark-book';
import type { Implementer } from './implement-contract';

export interface MarkDependencies {
  marks: MarkBook;
}

/** Moments with names. */
export function createMarkProcedures(os: Implementer, { marks }: MarkDependencies) {
  return os.marks.router({
    set: os.marks.set.handler(async ({ input }) => {
      const mark = await marks.set(input.name);
      if ('problem' in mark) throw refuseMark(mark.problem);
      return mark;
    }),
    list: os.marks.list.handler(() => ({ marks: [...marks.list()] })),
    delete: os.marks.delete.handler(async ({ input }) => {
      const problem = await marks.delete(input.name);
      if (problem) throw refuseMark(problem);
      return { marks: [...marks.list()] };
    }),
  });
}

function refuseMark(problem: Problem): ORPCError<'MARK', Problem> {
  return new ORPCError('MARK', { status: 409, message: problem.message, data: problem });
}
