/**
 * Tells the host's log of an error that nobody expected: a bug. `where` names the thread's part and route, as in
 * `loki GET /loki/api/v1/query_range`; it never holds what a caller sent (a query, a header, a body).
 */
export type ReportFault = (where: string, error: unknown) => void;

/** Of a part that runs without a host: a test, a benchmark. */
export const printFault: ReportFault = (where, error) => console.error(where, error);
