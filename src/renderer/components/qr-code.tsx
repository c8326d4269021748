import { type ReactNode, useMemo } from 'react';
import { encode } from 'uqr';

/** A text as a QR code; dark on light in both themes, since that is what cameras read. */
export function QrCode({ text, size }: { text: string; size: number }): ReactNode {
  const { path, modules } = useMemo(() => {
    const { data } = encode(text, { border: 2 });
    const cells = data.flatMap((line, y) => line.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { path: cells.join(''), modules: data.length };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={`QR code of ${text}`}
      width={size}
      height={size}
      viewBox={`0 0 ${modules} ${modules}`}
      shapeRendering="crispEdges"
    >
      <rect width={modules} height={modules} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
