/** Loki wants at least one matcher that the empty string does not match; this one matches every stream OTLP makes. */
export const everyLogLine = '{service_name=~".+"}';
