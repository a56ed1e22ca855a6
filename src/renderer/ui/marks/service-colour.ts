const colourCount = 16;

/** Names that were shown and have no place yet. */
const waiting = new Set<string>();
const known = new Set<string>();
let ask: ((names: readonly string[]) => Promise<readonly number[]>) | null = null;
let asking = false;
let answered = 0;
const listeners = new Set<() => void>();

/**
 * The colour of a service, the same everywhere: a CSS value. The home's registry gives each name its place in the order of
 * first sight; until it has answered, a name is grey, and what shows it turns by itself.
 */
export function serviceColour(service: string): string {
  if (!known.has(service)) {
    known.add(service);
    waiting.add(service);
    askSoon();
  }
  return `var(${property(service)}, var(--color-faint))`;
}

/** The same colour as it is written, for both themes: for a page that has not this one's rules. */
export function serviceColourText(service: string): string {
  serviceColour(service);
  const written = getComputedStyle(document.documentElement).getPropertyValue(property(service)).trim();
  return /^(?:#|light-dark\(|rgb|hsl|oklch)[^;{}<>]*$/.test(written) ? written : 'light-dark(#5f6b7b, #8a96a9)';
}

/** Where places come from. Names that were shown before are asked for now. */
export function followServiceRegistry(source: typeof ask): void {
  ask = source;
  askSoon();
}

function askSoon(): void {
  if (asking || !ask || waiting.size === 0) return;
  asking = true;
  queueMicrotask(
    () =>
      void askNow().finally(() => {
        asking = false;
        askSoon();
      }),
  );
}

async function askNow(): Promise<void> {
  const names = [...waiting].slice(0, 200);
  for (const name of names) waiting.delete(name);
  try {
    const places = await ask!(names);
    names.forEach((name, index) => {
      document.documentElement.style.setProperty(property(name), colourAt(places[index] ?? 0));
    });
    answered++;
    for (const listener of listeners) listener();
  } catch {
    // Asked again with the next look at one of them.
    for (const name of names) known.delete(name);
  }
}

/** How often the registry has answered, and when it does so again: for a canvas, which does not turn by itself. */
export function serviceColourAnswers(): number {
  return answered;
}

export function onServiceColours(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function colourAt(place: number): string {
  return `var(--color-service-${place % colourCount})`;
}

/** A CSS property for the name: any text can be a name, by two FNV-1a hashes. */
function property(service: string): string {
  return `--service-${hash(service, 0x811c9dc5).toString(36)}${hash(service, 0x1b873593).toString(36)}`;
}

function hash(text: string, seed: number): number {
  let value = seed;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
