import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { describe, expect, it } from 'vitest';
import { diffRuns } from '../run-diff/diff-runs';
import { type Fault, faults, shopRun } from '../run-diff/shop-run.test-data';
import { describeDiff } from './describe-diff';

const tokenizer = new Tiktoken(o200k);

/** What an agent must read of each fault. */
const says: Record<Fault, string> = {
  'lost index': '! SELECT * FROM items WHERE order_id = ? (in shop GET /orders/{id})',
  'N+1': 'n-plus-one-queries',
  'retry storm': 'retry-storm',
  'swallowed exception': 'IOError: disk is read-only',
  'sequential fan-out': 'waits for 3 calls one after the other',
  'missing await': 'does not wait any more for INSERT INTO sales',
  'new error': "Cannot read properties of undefined (reading 'total')",
  'leaked connection': 'db_client_connection_count: 2 → 22',
  'log flood': 'logs 3000 times in this run: pricing step <*>',
  'changed query count': '3 → 4 queries a request',
  'slower dependency': '! SELECT price FROM prices WHERE id = ? (in shop GET /orders/{id})',
  'lost propagation': 'the context is lost between them',
};

describe('the text of a difference', () => {
  it('names each of twelve faults within 1,500 tokens', () => {
    const rows = faults.map((fault) => {
      const diff = diffRuns(shopRun({ seed: 7 }), shopRun({ seed: 8, fault }));
      if ('problem' in diff) throw new Error(diff.problem.message);
      const text = describeDiff(diff);
      return { fault, text, tokens: tokenizer.encode(text).length };
    });
    process.stdout.write(
      `${rows.map(({ fault, tokens, text }) => `${fault}, ${tokens} tokens\n${text.replaceAll(/^/gm, '    ')}`).join('\n')}\n`,
    );
    for (const { fault, text, tokens } of rows) {
      expect(text, fault).toContain(says[fault]);
      expect(tokens, fault).toBeLessThanOrEqual(1500);
    }
  });
});
