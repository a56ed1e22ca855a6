/** What became of one try to send a request. */
export type Outcome =
  /** `rejected` items were not taken; `message` says why. */
  | { readonly kind: 'sent'; readonly rejected: number; readonly message: string | null }
  /** Sending the same again would be of no use. `status`: of HTTP. */
  | { readonly kind: 'refused'; readonly message: string; readonly status: number }
  /** `afterMs`: the pause the destination asks for; `status`: of HTTP, null when no answer came. */
  | {
      readonly kind: 'retry';
      readonly message: string;
      readonly status: number | null;
      readonly afterMs: number | null;
    }
  /** Given up by us. */
  | { readonly kind: 'cancelled' };
