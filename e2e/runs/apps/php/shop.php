<?php
// A shop whose runtime loads nothing by itself: its lines are seen, and where it was told to send to.
foreach ([1, 2, 3] as $id) echo "order $id shown\n";
fwrite(STDERR, "ERROR the order has no customer\n");
echo str_starts_with(getenv('OTEL_EXPORTER_OTLP_ENDPOINT'), 'http://127.0.0.1:') ? "told where\n" : "not told where\n";
