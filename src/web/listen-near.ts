import { once } from 'node:events';
import type { Server } from 'node:http';

/** Ports tried beyond the one wanted. */
const FURTHER_PORTS = 20;

/** Opens a port, or the next free one where it is taken; rejects with the system's error where there is none. */
export async function listenNear(server: Server, host: string, wanted: number): Promise<void> {
  for (let port = wanted; ; port++) {
    try {
      server.listen({ port, host });
      await once(server, 'listening');
      return;
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || wanted === 0 || port >= Math.min(wanted + FURTHER_PORTS, 65535)) throw error;
    }
  }
}
