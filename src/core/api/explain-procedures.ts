import { ORPCError } from '@orpc/server';
import type { Explainer } from '../explaining/explainer';
import type { Implementer } from './implement-contract';

export interface ExplainDependencies {
  explainer: Explainer;
}

/** What differs between two populations. */
export function createExplainProcedures(os: Implementer, { explainer }: ExplainDependencies) {
  return os.explain.router({
    differences: os.explain.differences.handler(async ({ input, signal }) => {
      const answer = await explainer.explain(input, signal);
      if (!('problem' in answer)) return answer;
      const { problem } = answer;
      throw new ORPCError('EXPLAIN', { status: 400, message: problem.message, data: problem });
    }),
  });
}
