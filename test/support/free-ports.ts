import { createServer, type Server } from 'node:net';

/** Ports on the loopback interface that were free a moment ago, all unlike. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => (server.address() as { readonly port: number }).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
};

const listen = (): Promise<Server> =>
  new Promise((listening) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => listening(server));
  });
