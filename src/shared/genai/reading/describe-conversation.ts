import { showPlainText } from '../../show-plain-text';
import type { Message, Part, Payload } from '../conversation';
import { nameMedia } from './name-media';
import { nameTurn } from './name-turn';
import type { Conversation, ToolOutcome, Turn } from './turn';

/** The whole conversation as Markdown, to be kept or sent on. What was said stands there as it was sent, made harmless. */
export function describeConversation({ turns, outcomes }: Pick<Conversation, 'turns' | 'outcomes'>): string {
  return `${turns.flatMap((turn) => describeTurn(turn, outcomes)).join('\n\n')}\n`;
}

function describeTurn(turn: Turn, outcomes: ReadonlyMap<string, ToolOutcome>): string[] {
  const failure = turn.failed ? [`Failed: ${plain(turn.failure || 'no reason told')}`] : [];
  const told = turn.entries.flatMap((entry): string[] => {
    if (entry.kind === 'tool') {
      const { given, result } = entry.run;
      return [...(given ? [fenced('Given', given)] : []), ...(result ? [fenced('Result', result)] : [])];
    }
    return entry.kind === 'message' ? describeMessage(entry.message, outcomes) : [];
  });
  return told.length + failure.length === 0 ? [] : [`## ${oneLine(nameTurn(turn))}`, ...told, ...failure];
}

function describeMessage({ role, name, parts }: Message, outcomes: ReadonlyMap<string, ToolOutcome>): string[] {
  return [
    `### ${oneLine(name === '' ? role : `${role} (${name})`)}`,
    ...parts.flatMap((part) => describePart(part, outcomes)),
  ];
}

function describePart(part: Part, outcomes: ReadonlyMap<string, ToolOutcome>): string[] {
  switch (part.kind) {
    case 'text':
      return [plain(part.text)];
    case 'reasoning':
      return [plain(part.text).replace(/^/gm, '> ')];
    case 'tool-call': {
      const outcome = outcomes.get(part.id);
      return [
        fenced(`Calls ${oneLine(part.name)}`, part.given),
        ...(outcome?.result ? [fenced(outcome.failed ? 'Failed' : 'Result', outcome.result)] : []),
      ];
    }
    case 'tool-result':
      return [fenced(`${part.failed ? 'Failed' : 'Result'} ${oneLine(part.name)}`.trim(), part.result)];
    case 'media':
      return [`[${nameMedia(part)}]`];
    case 'unknown':
      return [fenced(oneLine(part.type) || 'Content', part.content)];
  }
}

/** A text that cannot end its own fence. */
function fenced(title: string, { text, cut }: Payload): string {
  const inside = plain(text);
  const longest = Math.max(2, ...[...inside.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${title}:\n${fence}\n${inside}${cut ? '\n… (cut)' : ''}\n${fence}`;
}

function plain(text: string): string {
  return showPlainText(text);
}

function oneLine(text: string): string {
  return showPlainText(text).replaceAll(/\s+/g, ' ').trim();
}
