/** What a message of OpenSSL means, without the file names and numbers around it. */
export function opensslReason(message: string): string {
  return (/error:[^:]*:[^:]*:[^:]*:([^:]+)/.exec(message)?.[1] ?? message).trim();
}
