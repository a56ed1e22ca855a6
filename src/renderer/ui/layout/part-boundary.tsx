import { Component, type ReactNode } from 'react';
import { PartNotLoaded } from '../../client/loading/load-part';
import { NotLoaded } from './not-loaded';

interface PartBoundaryProps {
  /** Names what is in it, as a sentence begins: `The flame graph`. */
  what: string;
  /** Of something that lies over the page: what is said of it stands in a corner and can be closed. */
  onClose?: () => void;
  children: ReactNode;
}

interface PartBoundaryState {
  fault: { error: unknown } | null;
}

/** What is loaded later within a page: a part that cannot be loaded costs itself alone. Any other fault goes on to the page. */
export class PartBoundary extends Component<PartBoundaryProps, PartBoundaryState> {
  override state: PartBoundaryState = { fault: null };

  static getDerivedStateFromError(error: unknown): PartBoundaryState {
    return { fault: { error } };
  }

  /** Another part is no part that failed. Without a key: what is shown stays until the next has loaded. */
  override componentDidUpdate(before: PartBoundaryProps) {
    if (before.what !== this.props.what && this.state.fault) this.#reset();
  }

  readonly #reset = () => this.setState({ fault: null });

  override render() {
    const { fault } = this.state;
    const { what, onClose, children } = this.props;
    if (!fault) return children;
    const { error } = fault;
    if (!(error instanceof PartNotLoaded)) throw error;
    if (!onClose) {
      return (
        <div className="p-4">
          <NotLoaded error={error} what={what} reset={this.#reset} />
        </div>
      );
    }
    const dismiss = () => {
      error.forget();
      onClose();
      this.#reset();
    };
    return (
      <div className="fixed right-4 bottom-4 z-50 w-96 max-w-[92vw] rounded-md bg-overlay shadow-popup">
        <NotLoaded error={error} what={what} reset={this.#reset} onDismiss={dismiss} />
      </div>
    );
  }
}
