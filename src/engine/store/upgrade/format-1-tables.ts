/** The tables as format 1 had them, for tests of the way from there. Never changed. */
export const FORMAT_1_TABLES = `
CREATE TABLE meta (key VARCHAR, value VARCHAR);
CREATE TABLE journal_position (segment UBIGINT, position UBIGINT);
CREATE TABLE derived_position (span_seq UBIGINT);
CREATE TABLE recent_requests (hash UBIGINT, received_ms BIGINT);
CREATE TABLE epochs (
  started_ms BIGINT, span_seq UBIGINT, log_seq UBIGINT, string_id UINTEGER, attribute_id UINTEGER, resource_id UINTEGER,
  scope_id UINTEGER, series_id UINTEGER, generation UTINYINT
);
CREATE TABLE strings (id UINTEGER, value VARCHAR);
CREATE TABLE attributes (id UINTEGER, key VARCHAR, kind UTINYINT, text VARCHAR, number DOUBLE, original_bytes UINTEGER);
CREATE TABLE resources (id UINTEGER, service VARCHAR, attributes UINTEGER[], schema_url UINTEGER, dropped UINTEGER);
CREATE TABLE scopes (id UINTEGER, name VARCHAR, version VARCHAR, attributes UINTEGER[], schema_url UINTEGER, dropped UINTEGER);
CREATE TABLE spans (
  seq UBIGINT, trace_hi UBIGINT, trace_lo UBIGINT, span_id UBIGINT, parent_id UBIGINT,
  start_ns UBIGINT, duration_ns UBIGINT, name UINTEGER, kind UTINYINT, status UTINYINT, status_message UINTEGER,
  trace_state UINTEGER, flags UINTEGER, resource UINTEGER, scope UINTEGER, attributes UINTEGER[],
  events USMALLINT, links USMALLINT, dropped_attributes UINTEGER, dropped_events UINTEGER, dropped_links UINTEGER
);
CREATE TABLE span_events (span_seq UBIGINT, time_ns UBIGINT, name UINTEGER, attributes UINTEGER[], dropped UINTEGER);
CREATE TABLE span_links (
  span_seq UBIGINT, trace_hi UBIGINT, trace_lo UBIGINT, span_id UBIGINT, trace_state UINTEGER, flags UINTEGER,
  attributes UINTEGER[], dropped UINTEGER
);
CREATE TABLE logs (
  seq UBIGINT, time_ns UBIGINT, observed_ns UBIGINT, severity UTINYINT, severity_text UINTEGER, event_name UINTEGER,
  body VARCHAR, body_kind UTINYINT, trace_hi UBIGINT, trace_lo UBIGINT, span_id UBIGINT, flags UINTEGER,
  resource UINTEGER, scope UINTEGER, attributes UINTEGER[], dropped_attributes UINTEGER
);
CREATE TABLE series (id UINTEGER, name VARCHAR, labels VARCHAR[]);
CREATE TABLE samples (series UINTEGER, time_ms BIGINT, value DOUBLE);
CREATE TABLE exemplars (
  series UINTEGER, time_ms BIGINT, value DOUBLE, trace_hi UBIGINT, trace_lo UBIGINT, span_id UBIGINT, attributes UINTEGER[]
);
CREATE TABLE exponential_histograms (
  series UINTEGER, time_ms BIGINT, count UBIGINT, sum DOUBLE, scale INTEGER, zero_count UBIGINT, zero_threshold DOUBLE,
  positive_offset INTEGER, positive_counts UBIGINT[], negative_offset INTEGER, negative_counts UBIGINT[]
);
CREATE TABLE metric_metadata (name VARCHAR, type VARCHAR, unit VARCHAR, help VARCHAR);
`;
