// Plays Electron's part for the built engine, whose path is the argument: a parent port, and one client on a port.
// What the engine says is printed, a line of JSON each; any input ends it.
import { EventEmitter } from 'node:events';

const print = (message) => console.log(JSON.stringify(message));
process.parentPort = Object.assign(new EventEmitter(), { postMessage: print });
await import(process.argv[2]);
const port = Object.assign(new EventEmitter(), { postMessage: print, start() {}, close() {} });
process.parentPort.emit('message', { data: { kind: 'client' }, ports: [port] });
process.stdin.once('data', () => process.parentPort.emit('message', { data: { kind: 'close' }, ports: [] }));
