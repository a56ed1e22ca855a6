import type { Commit, CommitFeed } from './reader';

export class CommitListeners implements CommitFeed {
  private readonly listeners = new Set<(commit: Commit) => void>();

  subscribe(listener: (commit: Commit) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  publish(commit: Commit): void {
    for (const listener of this.listeners) listener(commit);
  }
}
