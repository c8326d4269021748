import { type ReactNode, useState } from 'react';
import type { AuthorityState } from '../../../bridge/methods/authority.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Popover } from '../../components/popover.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import css from './certificates.module.css';

/** How to get the root of the bench onto a station: by its camera, or by one line of its shell. */
export function RootDelivery({ urls }: { urls: AuthorityState['rootUrls'] }): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = urls.find(({ url }) => url === chosen) ?? urls[0];
  return (
    <Popover title="Root for a station" wide trigger={<Button>Root for a station…</Button>}>
      {shown === undefined ? (
        <p className={css.hint}>No port for stations is open; choose a role in which stations connect here.</p>
      ) : (
        <div className={css.delivery}>
          <QrCode text={shown.url} size={180} />
          <div className={css.ways}>
            {urls.length > 1 && (
              <Choice
                label="Address of this machine"
                options={urls.map(({ url }) => ({ value: url, label: url }))}
                value={shown.url}
                onChange={setChosen}
              />
            )}
            <p className={css.hint}>
              The root of the bench is served on the port for stations, over plain HTTP: compare its SHA-256, as this
              line does.
            </p>
            <div className={css.copied}>
              <code className={css.command}>{shown.command}</code>
              <CopyButton label="Copy the command" text={() => shown.command} />
            </div>
          </div>
        </div>
      )}
    </Popover>
  );
}
