import type { Notice } from './choose-notices';

/** Something that comes back within this was told already: a flapping service is one piece of news. */
const forgetMs = 10 * 60_000;

/** Remembers what was told, so that each thing is told once as long as it lasts. */
export class NoticeBook {
  /** By key: when it was last so, in milliseconds. */
  private readonly told = new Map<string, number>();
  /** What was so at the last look; it lasted until now, however long nobody looked. */
  private lasting: readonly Notice[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** Of what is so now: that which nobody was told yet. */
  takeNew(current: readonly Notice[]): Notice[] {
    const now = this.now();
    for (const { key } of this.lasting) this.told.set(key, now);
    this.lasting = current;
    for (const [key, at] of this.told) if (now - at > forgetMs) this.told.delete(key);
    const fresh = current.filter(({ key }) => !this.told.has(key));
    for (const { key } of current) this.told.set(key, now);
    return fresh;
  }
}
