/** One line of a stack trace, or the two that Python and Go write. */
export interface StackFrame {
  /** As it is written, without the blanks around it. */
  readonly text: string;
  /** Without module ids, arguments and `async`; empty where the frame names none. */
  readonly function: string;
  /** Without line and column; empty where it names none. */
  readonly file: string;
  /** Of code that is neither the runtime's nor a package's. */
  readonly own: boolean;
}
