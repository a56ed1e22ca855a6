// The shop as ES modules.
import http from 'node:http';
import express from 'express';
import pino from 'pino';

const log = pino();
const database = await openDatabase();
const app = express();

app.get('/orders/:id', (request, response) => {
  const id = Number(request.params.id);
  const row = database?.prepare('SELECT customer FROM orders WHERE id = ?').get(id);
  if (id === 0) throw new Error('the order has no customer');
  log.info('order %d shown', id);
  response.json({ id, customer: row?.customer ?? 'nobody' });
});
app.use((error, _request, response, _next) => {
  log.error(error, 'the order cannot be shown');
  response.status(500).json({ error: error.message });
});

async function openDatabase() {
  const sqlite = await import('node:sqlite').catch(() => undefined);
  const opened = sqlite && new sqlite.DatabaseSync(':memory:');
  opened?.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT)');
  opened?.exec("INSERT INTO orders VALUES (0, NULL), (1, 'Ada'), (2, 'Bob'), (3, 'Cleo')");
  return opened;
}

const server = app.listen(0, '127.0.0.1', () => visit([1, 2, 3, 0]));

function visit([id, ...others]) {
  http.get({ port: server.address().port, path: `/orders/${id}`, agent: false }, (answer) => {
    answer.resume();
    answer.on('end', () => (others.length > 0 ? visit(others) : server.close()));
  });
}
