/** A name for a file out of the title of a chart, such as `power-cs-0001`. */
export function fileNameOf(title: string): string {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name.slice(0, 80) || 'chart';
}

/** Draws an SVG picture as sharp as a screen would, or sharper. */
export async function pngOf(svg: string, size: { readonly width: number; readonly height: number }): Promise<Blob> {
  const scale = Math.max(2, window.devicePixelRatio);
  const image = new Image();
  // The page's policy lets images be data.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(size.height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser draws no pictures.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The browser made no picture.');
  return blob;
}

/** Puts a picture on the clipboard; `refused` where the browser does not let. */
export async function copyPicture(picture: Promise<Blob>): Promise<'copied' | 'refused'> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    return 'copied';
  } catch {
    // Pages that came over plain HTTP from another machine have no clipboard for pictures.
    return 'refused';
  }
}
