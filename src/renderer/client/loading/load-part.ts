/** Before the second try and each one after it. */
const waitsMs = [100, 300, 1000, 3000] as const;

/** Code of the panel that did not arrive: for the network, never for a fault in the code itself. */
export class PartNotLoaded extends Error {
  override name = 'PartNotLoaded';

  constructor(
    cause: unknown,
    /** Loads it anew the next time it is wanted. */
    readonly forget: () => void = () => {},
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * What `load` imports. A load that fails for the network is made again a few times, since a browser ends its requests
 * whenever a network appears, as a starting container makes one; then it rejects with `PartNotLoaded`. What the imported
 * code throws itself comes as it is, at once.
 */
export async function loadPart<Part>(load: () => Promise<Part>, fetchFile: typeof fetch = fetch): Promise<Part> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await load();
    } catch (error) {
      if (!isLoadFailure(error)) throw error;
      const waitMs = waitsMs[tried];
      if (waitMs === undefined || (tried > 0 && (await isKept(error, fetchFile)))) throw new PartNotLoaded(error);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

/** In the words of Chromium, Firefox and WebKit, and of Vite for the styles of a part. */
const loadFailures =
  /^(?:Failed to fetch dynamically imported module|error loading dynamically imported module|Importing a module script failed|Unable to preload CSS)/i;

function isLoadFailure(error: unknown): error is Error {
  return error instanceof Error && loadFailures.test(error.message);
}

/** Whether the file is there, and the browser holds on to its failure: until 2026 the standard told it to, for as long as the page lives. */
async function isKept({ message }: Error, fetchFile: typeof fetch): Promise<boolean> {
  const url = message.match(/https?:\/\/\S+/)?.[0];
  if (url === undefined) return false;
  try {
    return (await fetchFile(url)).ok;
  } catch {
    return false;
  }
}
