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
    const texts: Readonly<Record<string, unknown>> = fact as unknown as Record<string, unknown>;
    const changed: Record<string, string | undefined> = {};
    let isChanged = false;
    let without = false;
    for (const key of contents) {
      const text = texts[key];
      if (typeof text !== 'string') continue;
      const cut = cutText(text);
      const fits = this.characters + cut.length <= mostText;
      if (fits) this.characters += cut.length;
      else without = true;
      if (fits && cut === text) continue;
      changed[key] = fits ? cut : key === 'message' ? '' : undefined;
      isChanged = true;
    }
    if (without) this.textless++;
    this.facts.push(isChanged ? ({ ...fact, ...changed } as SessionFact) : fact);
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
