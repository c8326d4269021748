import { QrCode as QrIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './address.module.css';
import { IconButton } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { Popover } from './popover.tsx';
import { QrCode } from './qr-code.tsx';

/** A URL to which something of the user's own is appended, ready to be copied or scanned. */
export function Address({ url, own }: { url: string; own: string }): ReactNode {
  const base = url.endsWith('/') ? url : `${url}/`;
  return (
    <span className={css.address}>
      <span className={css.url}>
        {base}
        <span className={css.own}>{`<${own}>`}</span>
      </span>
      <CopyButton label="Copy the URL" text={() => base} />
      <Popover
        title="Scan to get the URL"
        align="center"
        trigger={
          <IconButton label="Show the URL as a QR code">
            <QrIcon size={14} aria-hidden />
          </IconButton>
        }
      >
        <div className={css.qr}>
          <QrCode text={base} size={200} />
          <code>{base}</code>
        </div>
      </Popover>
    </span>
  );
}
