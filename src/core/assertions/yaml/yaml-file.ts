import { type Document, isAlias, isMap, LineCounter, type Node, parseDocument } from 'yaml';
import type { FileProblem, Place } from '../case';

/** A YAML document with the places of what stands in it, and what is wrong with it. */
export class YamlFile {
  readonly problems: FileProblem[] = [];
  /** Null where it is empty or could not be read. */
  readonly root: Node | null;
  private readonly document: Document;
  readonly #lines = new LineCounter();

  constructor(
    readonly path: string,
    text: string,
  ) {
    const document = parseDocument(text, { lineCounter: this.#lines, merge: true });
    this.document = document;
    for (const { message, pos } of document.errors) {
      this.problems.push({ place: this.#at(pos[0]), message: message.split(/ at line \d+|\n/)[0]! });
    }
    this.root = this.problems.length === 0 ? (document.contents as Node | null) : null;
  }

  place(node: Node | null | undefined): Place {
    return this.#at(node?.range?.[0] ?? 0);
  }

  /** What an alias stands for; other nodes as they are. */
  resolve(node: Node | null | undefined): Node | undefined {
    return isAlias(node) ? (node.resolve(this.document) as Node | undefined) : (node ?? undefined);
  }

  report(node: Node | null | undefined, message: string): void {
    this.problems.push({ place: this.place(node), message });
  }

  /** Whether the document is a mapping with this key. */
  has(key: string): boolean {
    return isMap(this.root) && this.root.has(key);
  }

  #at(offset: number): Place {
    return { file: this.path, line: Math.max(1, this.#lines.linePos(offset).line) };
  }
}
