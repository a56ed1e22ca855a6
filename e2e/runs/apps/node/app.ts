// The shop in TypeScript: read by tsx as CommonJS, by Node.js itself as what its syntax says.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import pino from 'pino';

interface Order {
  id: number;
  customer: string;
}

const log = pino();
const app = express();
const orders: readonly Order[] = ['Ada', 'Bob', 'Cleo'].map((customer, index): Order => ({ id: index + 1, customer }));

app.get('/orders/:id', (request: Request, response: Response) => {
  const order = orders.find(({ id }) => id === Number(request.params.id));
  if (!order) throw new Error('the order has no customer');
  log.info('order %d shown', order.id);
  response.json(order satisfies Order);
});
app.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
  log.error(error, 'the order cannot be shown');
  response.status(500).json({ error: error.message });
});

const server = app.listen(0, '127.0.0.1', () => visit([1, 2, 3, 0]));

function visit([id, ...others]: number[]): void {
  const { port } = server.address() as AddressInfo;
  http.get({ port, path: `/orders/${id}`, agent: false }, (answer) => {
    answer.resume();
    answer.on('end', () => (others.length > 0 ? visit(others) : server.close()));
  });
}
