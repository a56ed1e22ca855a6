/** An expected failure: what happened, what to do, and where it helps the lines of the tool that said so. */
export interface Failure {
  message: string;
  hint: string;
  details?: string;
}

export function isFailure(value: object | string | null): value is Failure {
  return typeof value === 'object' && value !== null && 'message' in value && 'hint' in value;
}
