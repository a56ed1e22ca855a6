# A shop whose runtime loads nothing by itself: its lines are seen, and where it was told to send to.
[1, 2, 3].each { |id| puts "order #{id} shown" }
warn "ERROR the order has no customer"
puts ENV.fetch("OTEL_EXPORTER_OTLP_ENDPOINT").start_with?("http://127.0.0.1:") ? "told where" : "not told where"
