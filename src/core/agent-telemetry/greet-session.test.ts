import { expect, it } from 'vitest';
import { greetSession } from './greet-session';

const started = JSON.stringify({ session_id: 's', hook_event_name: 'SessionStart', source: 'startup' });

it('gives a session what the overview says, in few tokens, as its context', async () => {
  const asked: unknown[] = [];
  const answer = await greetSession(started, async (given) => {
    asked.push(given);
    return 'shop | 3 | 1';
  });
  expect(asked).toEqual([{ since: '1h', budget: 250 }]);
  const { hookSpecificOutput } = JSON.parse(answer) as { hookSpecificOutput: Record<string, string> };
  expect(hookSpecificOutput.hookEventName).toBe('SessionStart');
  expect(hookSpecificOutput.additionalContext).toContain('shop | 3 | 1');
});

it.each([
  ['no host answers', started, null],
  ['the event is another', '{"hook_event_name":"Stop"}', 'shop'],
  ['what came is no event', 'null', 'shop'],
  ['nothing came', '', 'shop'],
])('says nothing where %s', async (_, input, overview) => {
  expect(await greetSession(input, async () => overview)).toBe('');
});
