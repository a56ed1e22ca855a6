import type { SessionFact } from '../dialects/session-fact';
import { cutText } from './cut-text';

/** Of one session, about 500 bytes each without their texts. */
const mostFacts = 60_000;
/** Characters of all texts together. */
const mostText = 12_000_000;

const contents = ['text', 'arguments', 'result', 'error', 'message'] as const;

/** Keeps what is told of a session within memory; says what it left out. */
export class FactBuffer {
  readonly facts: SessionFact[] = [];
  private characters = 0;
  private unread = 0;
  private textless = 0;

  add(fact: SessionFact): void {
    if (this.facts.length >= mostFacts) {
      this.unread++;
      return;
    }
    const kept: Record<string, unknown> = { ...fact };
    let without = false;
    for (const key of contents) {
      const text = kept[key];
      if (typeof text !== 'string') continue;
      const cut = cutText(text);
      if (this.characters + cut.length > mostText) {
        kept[key] = key === 'message' ? '' : undefined;
        without = true;
      } else {
        kept[key] = cut;
        this.characters += cut.length;
      }
    }
    if (without) this.textless++;
    this.facts.push(kept as unknown as SessionFact);
  }

  leftOut(): string[] {
    return [
      ...(this.unread > 0
        ? [`${this.unread} of what the session told is not counted: of one session the first ${mostFacts} are read.`]
        : []),
      ...(this.textless > 0 ? [`${this.textless} entries are told without their texts, which are too many.`] : []),
    ];
  }
}
