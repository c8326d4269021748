// Plays Electron's part for the built engine, whose path is the argument: a parent port, and one client on a port.
// What the engine says is printed, a line of JSON each. A line of input is a method that the client asks, without
// arguments; the end of input ends the engine.
import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';

const print = (message) => console.log(JSON.stringify(message));
process.parentPort = Object.assign(new EventEmitter(), { postMessage: print });
await import(process.argv[2]);
const port = Object.assign(new EventEmitter(), { postMessage: print, start() {}, close() {} });
process.parentPort.emit('message', { data: { kind: 'client' }, ports: [port] });
for await (const m of createInterface(process.stdin)) port.emit('message', { data: { t: 'q', i: m, m, a: [] } });
process.parentPort.emit('message', { data: { kind: 'close' }, ports: [] });
