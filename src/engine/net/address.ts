/** Address and port of a socket's peer as people write it: IPv4 plain, IPv6 in brackets; empty where it is gone. */
export function peerAddress(socket: { readonly remoteAddress?: string; readonly remotePort?: number }): string {
  const address = socket.remoteAddress;
  if (address === undefined) return '';
  const plain = address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
  return `${plain.includes(':') ? `[${plain}]` : plain}:${socket.remotePort}`;
}
