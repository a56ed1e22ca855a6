import type { Message, Part } from '../conversation';

/** Instructions, and what is said beside them. */
export function partBySystem(messages: readonly Message[]): { system: readonly Part[]; rest: readonly Message[] } {
  return {
    system: messages.filter(({ role }) => role === 'system').flatMap(({ parts }) => parts),
    rest: messages.filter(({ role }) => role !== 'system'),
  };
}
