/** A node of a query's syntax tree; `from` and `to` are offsets into its text. */
export class SyntaxNode {
  readonly children: SyntaxNode[] = [];
  parent?: SyntaxNode;
  prevSibling?: SyntaxNode;

  constructor(
    readonly name: string,
    /** Stands where the text is none of the grammar's; of the root, whether any such node is inside. */
    readonly isError: boolean,
    readonly from: number,
    readonly to: number,
  ) {}

  get firstChild(): SyntaxNode | undefined {
    return this.children[0];
  }

  get lastChild(): SyntaxNode | undefined {
    return this.children.at(-1);
  }

  getChild(name: string): SyntaxNode | undefined {
    return this.children.find((child) => child.name === name);
  }

  getChildren(name: string): SyntaxNode[] {
    return this.children.filter((child) => child.name === name);
  }

  adopt(children: readonly SyntaxNode[]): void {
    for (const child of children) {
      child.parent = this;
      const last = this.lastChild;
      if (last) child.prevSibling = last;
      this.children.push(child);
    }
  }
}
