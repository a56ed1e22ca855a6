import { expect, it } from 'vitest';
import { estimateTokens } from '../../shared/run-text/estimate-tokens';
import { alwaysRead, renderBlock, renderCursorRule, renderSkill } from './rules';

const facts = { command: 'watchtower', repository: { start: 'npm run dev', test: 'npm test' } };

// Every session pays for it before it has asked anything.
it('costs a session few tokens', () => {
  expect(estimateTokens(alwaysRead(renderSkill(facts)))).toBeLessThan(70);
  expect(estimateTokens(alwaysRead(renderCursorRule(facts)))).toBeLessThan(70);
  expect(estimateTokens(renderBlock(facts))).toBeLessThan(280);
});

it("names this repository's own commands", () => {
  for (const text of [renderSkill(facts), renderBlock(facts)])
    expect(text).toContain('`watchtower run -- npm test` (or `npm run dev`)');
});
