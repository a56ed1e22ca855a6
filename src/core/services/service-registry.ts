import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../ownership/write-file-atomically';

const Known = z.array(z.string());

/** A sender can make up names without end; what comes after these shares places with them. */
const mostNames = 10_000;

/**
 * The services of a home in the order in which they were first shown, so that each keeps its place, and with it its
 * colour, on every page, in every browser and over restarts. Kept in `services.json`; one that cannot be read begins anew.
 */
export class ServiceRegistry {
  private readonly places: Map<string, number>;
  private saving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    names: readonly string[],
    private readonly onUnkept: (reason: Error) => void,
  ) {
    this.places = new Map([...new Set(names)].map((name, place) => [name, place]));
  }

  static async open(home: string, onUnkept: (reason: Error) => void): Promise<ServiceRegistry> {
    const path = join(home, 'services.json');
    const names = await readFile(path, 'utf8')
      .then((text) => Known.parse(JSON.parse(text)))
      .catch((): string[] => []);
    return new ServiceRegistry(path, names, onUnkept);
  }

  /** The place of each name, from 0; new names get the next free ones. */
  placesOf(names: readonly string[]): number[] {
    const before = this.places.size;
    const places = names.map((name) => this.placeOf(name));
    if (this.places.size > before) this.save();
    return places;
  }

  /** Resolves when what was asked for is on the disk, or could not be kept. */
  settled(): Promise<void> {
    return this.saving;
  }

  private placeOf(name: string): number {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    const place = this.places.size;
    if (place < mostNames) this.places.set(name, place);
    return place;
  }

  private save(): void {
    this.saving = this.saving.then(() =>
      writeFileAtomically(this.path, `${JSON.stringify([...this.places.keys()])}\n`).catch(this.onUnkept),
    );
  }
}
