/**
 * Append-only tables without keys or indexes: DuckDB's zone maps over the arrival order are the index.
 *
 * Ids. `strings`, `attributes`, `resources` and `scopes` are dictionaries, each with its own id space, ids given in
 * ascending order from 1; 0 stands for the empty string, no resource, no scope. A dictionary is written in the same
 * transaction as the first row that names it. The same value may stand under several ids (the in-memory dictionary is
 * dropped now and then to bound its size), so a predicate always yields a SET of ids.
 *
 * Times are nanoseconds since 1970 as UBIGINT unless a name says otherwise. Trace ids are two UBIGINTs, big-endian
 * halves; span ids one UBIGINT, big-endian; 0 means absent. `seq` counts rows of a table in order of arrival, without
 * gaps within a transaction, and never comes back, not even after a restart.
 *
 * In `logs`, `attributes` and `strings`, rows of nothing but NULL stand among those with long texts (`text-budget.ts`).
 *
 * A change of them raises `FORMAT_VERSION`. A new column goes to the end of its table, here, in the row buffer and in the
 * step of `upgrade/upgrade-steps.ts`.
 */
export const TABLES = `
-- key \`format\`: the version of the tables; format 1 wrote none.
CREATE TABLE IF NOT EXISTS meta (key VARCHAR, value VARCHAR);
CREATE TABLE IF NOT EXISTS journal_position (segment UBIGINT, position UBIGINT);
-- Spans before span_seq are counted in the metrics derived from them; the greatest counts.
CREATE TABLE IF NOT EXISTS derived_position (span_seq UBIGINT);
CREATE TABLE IF NOT EXISTS recent_requests (hash UBIGINT, received_ms BIGINT);

-- What the next seq and ids were at a time; retention deletes from one epoch to the next. Where generation is 1, rows
-- from here on name only dictionary ids from here on.
CREATE TABLE IF NOT EXISTS epochs (
  started_ms BIGINT, span_seq UBIGINT, log_seq UBIGINT, string_id UINTEGER, attribute_id UINTEGER, resource_id UINTEGER,
  scope_id UINTEGER, series_id UINTEGER, generation UTINYINT
);

CREATE TABLE IF NOT EXISTS strings (id UINTEGER, value VARCHAR);

-- kind: 0 empty, 1 string, 2 bool, 3 int, 4 double, 5 array, 6 kvlist, 7 bytes (numbering of kinds: ours).
-- text: the value as people compare it (true/false, decimal digits, JSON for 5 and 6, base64 for 7).
-- number: the value of kinds 3 and 4 (rounded to a double), else NULL.
-- original_bytes: length before truncation where the value was cut (at 1 MiB), else NULL; rows that name it then name an
-- attribute watchtower.original_bytes.KEY as well, which says so.
CREATE TABLE IF NOT EXISTS attributes (id UINTEGER, key VARCHAR, kind UTINYINT, text VARCHAR, number DOUBLE, original_bytes UINTEGER);

CREATE TABLE IF NOT EXISTS resources (id UINTEGER, service VARCHAR, attributes UINTEGER[], schema_url UINTEGER, dropped UINTEGER);
CREATE TABLE IF NOT EXISTS scopes (id UINTEGER, name VARCHAR, version VARCHAR, attributes UINTEGER[], schema_url UINTEGER, dropped UINTEGER);

-- kind and status as OTLP numbers them (kind 0-5; status 0 unset, 1 ok, 2 error). name, status_message and
-- trace_state are ids of strings. events and links: how many rows this span has there.
-- times: 0 where start_ns and duration_ns are the span's own. Bit 1: its start is not known (0, before 2000, more than a day
-- after its arrival), and start_ns is the end, else the arrival. Bit 2: its duration is not known (a time is missing or far
-- off, or the end is before the start), and duration_ns is 0. Bit 4: it is unfinished, no end was sent; the row of one that
-- is finished later is deleted. Where a bit is set, span_sent_times has what was sent.
CREATE TABLE IF NOT EXISTS spans (
  seq UBIGINT, trace_hi UBIGINT, trace_lo UBIGINT, span_id UBIGINT, parent_id UBIGINT,
  start_ns UBIGINT, duration_ns UBIGINT, name UINTEGER, kind UTINYINT, status UTINYINT, status_message UINTEGER,
  trace_state UINTEGER, flags UINTEGER, resource UINTEGER, scope UINTEGER, attributes UINTEGER[],
  events USMALLINT, links USMALLINT, dropped_attributes UINTEGER, dropped_events UINTEGER, dropped_links UINTEGER,
  times UTINYINT DEFAULT 0
);
CREATE TABLE IF NOT EXISTS span_sent_times (span_seq UBIGINT, start_ns UBIGINT, end_ns UBIGINT);
CREATE TABLE IF NOT EXISTS span_events (span_seq UBIGINT, time_ns UBIGINT, name UINTEGER, attributes UINTEGER[], dropped UINTEGER);
CREATE TABLE IF NOT EXISTS span_links (
  span_seq UBIGINT, trace_hi UBIGINT, trace_lo UBIGINT, span_id UBIGINT, trace_state UINTEGER, flags UINTEGER,
  attributes UINTEGER[], dropped UINTEGER
);

-- time_ns: the record's time, else its observed time, else its arrival. body: the text, or JSON of another kind.
-- severity: OTLP's number 0-24. severity_text and event_name are ids of strings. body_kind as attributes.kind.
-- time_source: 0 where time_ns is the record's own, 1 where it is the observed time, 2 where it is the time of arrival. A time
-- that cannot be right (see span-times.ts) stays as the attribute watchtower.sent_time_unix_nano.
CREATE TABLE IF NOT EXISTS logs (
  seq UBIGINT, time_ns UBIGINT, observed_ns UBIGINT, severity UTINYINT, severity_text UINTEGER, event_name UINTEGER,
  body VARCHAR, body_kind UTINYINT, trace_hi UBIGINT, trace_lo UBIGINT, span_id UBIGINT, flags UINTEGER,
  resource UINTEGER, scope UINTEGER, attributes UINTEGER[], dropped_attributes UINTEGER, time_source UTINYINT DEFAULT 0
);

-- Metrics as Prometheus keeps them: one series a label set, OTLP names translated, histograms as _bucket, _sum, _count.
-- labels: [name, value, name, value, …], sorted by name, without __name__ (that is \`name\`).
CREATE TABLE IF NOT EXISTS series (id UINTEGER, name VARCHAR, labels VARCHAR[]);
-- A stale marker is the NaN with the bits 0x7ff0000000000002, as in Prometheus.
CREATE TABLE IF NOT EXISTS samples (series UINTEGER, time_ms BIGINT, value DOUBLE);
CREATE TABLE IF NOT EXISTS exemplars (
  series UINTEGER, time_ms BIGINT, value DOUBLE, trace_hi UBIGINT, trace_lo UBIGINT, span_id UBIGINT, attributes UINTEGER[]
);
CREATE TABLE IF NOT EXISTS exponential_histograms (
  series UINTEGER, time_ms BIGINT, count UBIGINT, sum DOUBLE, scale INTEGER, zero_count UBIGINT, zero_threshold DOUBLE,
  positive_offset INTEGER, positive_counts UBIGINT[], negative_offset INTEGER, negative_counts UBIGINT[]
);
-- The running total of a series of deltas, and the time of the sample that holds it, as of a checkpoint; the last row of
-- a series counts. Of an exponential histogram: its count.
CREATE TABLE IF NOT EXISTS delta_totals (series UINTEGER, time_ms BIGINT, total DOUBLE);
-- Each description once. name: the metric family; type: counter, gauge, histogram, summary, unknown.
CREATE TABLE IF NOT EXISTS metric_metadata (name VARCHAR, type VARCHAR, unit VARCHAR, help VARCHAR);
`;
