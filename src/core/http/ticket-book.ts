import { randomBytes } from 'node:crypto';

/** From the command to the browser's first request. */
const lifeMs = 60_000;

/**
 * Keys for one sign-in each. A browser is started with its address as an argument, which other programs can read: what
 * stands there must be worth nothing a moment later.
 */
export class TicketBook {
  private readonly tickets = new Map<string, number>();

  constructor(private readonly now: () => number = Date.now) {}

  issue(): string {
    this.forgetOld();
    const ticket = randomBytes(32).toString('base64url');
    this.tickets.set(ticket, this.now() + lifeMs);
    return ticket;
  }

  /** True once for each ticket, as long as it is young. */
  redeem(ticket: string): boolean {
    this.forgetOld();
    return this.tickets.delete(ticket);
  }

  private forgetOld(): void {
    for (const [ticket, until] of this.tickets) if (until <= this.now()) this.tickets.delete(ticket);
  }
}
