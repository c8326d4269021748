/** Hands a file to the user: the browser's downloads, or the desktop's dialog. */
export function saveBlob(page: Document, name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = page.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; the browser holds what it needs.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
