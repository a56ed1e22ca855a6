import type { DestinationInput, RedactionRule } from '../../shared/contract/destinations';
import type { Problem } from '../../shared/problem';
import { compileRedaction } from '../../shared/redaction/compile-redaction';
import type { DestinationSecret } from '../secrets/secret-store';
import { chooseId } from './choose-id';
import { secretMissing } from './describe-destination';
import { destinationHeaders } from './destination-headers';
import { readInput } from './read-input';
import type { StoredDestination, StoredDestinations } from './stored-destination';

/** What is kept, with the secrets. */
export interface Kept {
  stored: StoredDestinations;
  secrets: ReadonlyMap<string, DestinationSecret>;
}

/** What shall be kept instead; `secret` is the one entry that differs, null: it goes. */
export interface Plan {
  stored: StoredDestinations;
  secret?: { id: string; value: DestinationSecret | null };
  /** The destination that is added or updated. */
  id?: string;
}

/** New ones are switched off: they can be tested first. */
export function planAdd({ stored }: Kept, input: DestinationInput): Plan | Problem {
  const read = readInput(input);
  if ('kind' in read) return read;
  const { destination, secret } = read;
  if (!destinationHeaders(destination, secret ?? undefined)) return secretMissing(destination.name);
  const id = chooseId(destination.name, new Set(stored.destinations.map((each) => each.id)));
  const destinations = [...stored.destinations, { ...destination, id, enabled: false }];
  return { stored: { ...stored, destinations }, secret: { id, value: secret }, id };
}

export function planUpdate({ stored, secrets }: Kept, id: string, input: DestinationInput): Plan | Problem {
  const before = stored.destinations.find((each) => each.id === id);
  if (!before) return unknown(id);
  const read = readInput(input, before);
  if ('kind' in read) return read;
  const { destination, secret } = read;
  if (!secret && sendsElsewhere(before, destination)) return secretNeeded();
  if (!destinationHeaders(destination, secret ?? secrets.get(id))) return secretMissing(destination.name);
  const updated: StoredDestination = { ...destination, id, enabled: before.enabled };
  const destinations = stored.destinations.map((each) => (each.id === id ? updated : each));
  const unneeded = updated.kind === 'otlp' && updated.headerNames.length === 0;
  const value = unneeded ? null : (secret ?? undefined);
  return { stored: { ...stored, destinations }, id, ...(value !== undefined && { secret: { id, value } }) };
}

export function planRemove({ stored }: Kept, id: string): Plan | Problem {
  const destinations = stored.destinations.filter((each) => each.id !== id);
  if (destinations.length === stored.destinations.length) return unknown(id);
  return { stored: { ...stored, destinations }, secret: { id, value: null } };
}

/** Without an id all of them; switching on leaves out those whose secret is missing, unless that is every one. */
export function planToggle({ stored, secrets }: Kept, enabled: boolean, id?: string): Plan | Problem {
  const meant = stored.destinations.filter((each) => id === undefined || each.id === id);
  if (meant.length === 0) return id === undefined && !enabled ? { stored } : unknown(id);
  const usable = meant.filter((each) => !enabled || destinationHeaders(each, secrets.get(each.id)) !== null);
  if (usable.length === 0) return secretMissing(meant.map(({ name }) => name).join(', '));
  const destinations = stored.destinations.map((each) => (usable.includes(each) ? { ...each, enabled } : each));
  return { stored: { ...stored, destinations } };
}

export function planRedaction({ stored }: Kept, redaction: RedactionRule[]): Plan | Problem {
  // Rules that are switched off must be usable too: switching one on must not fail later.
  const compiled = compileRedaction(
    redaction.map((rule) => ({ ...rule, enabled: true })),
    String,
  );
  return 'kind' in compiled ? compiled : { stored: { ...stored, redaction } };
}

/** A kept secret never goes to a place it was not given for: else who may change a URL could read it. */
function sendsElsewhere(before: StoredDestination, after: Omit<StoredDestination, 'id' | 'enabled'>): boolean {
  if (after.kind === 'otlp' && after.headerNames.length === 0) return false;
  return before.kind !== after.kind || new URL(before.endpoint).origin !== new URL(after.endpoint).origin;
}

function secretNeeded(): Problem {
  const message = 'The destination moves to another server, so its token or headers have to be given again.';
  return { kind: 'secret-needed', message, hint: 'A secret is sent only to the server it was given for.' };
}

function unknown(id: string | undefined): Problem {
  if (id === undefined) {
    return { kind: 'no-destination', message: 'There is no destination yet.', hint: 'Add one first.' };
  }
  return { kind: 'unknown-destination', message: `There is no destination "${id}".`, hint: 'List them first.' };
}
