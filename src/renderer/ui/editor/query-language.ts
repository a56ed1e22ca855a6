/** The languages that are typed in the panel; also what their fields are called. */
export type QueryLanguage = 'TraceQL' | 'LogQL' | 'PromQL';
