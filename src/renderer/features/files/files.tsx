import { FolderOpen } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { RecentFile } from '../../../workspace/recent-files.ts';
import type { Command } from '../../app/commands.ts';
import { useCommands } from '../../app/use-commands.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { IconButton } from '../../components/button.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { CopyDialog } from './copy-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { type PickedFile, startDownload } from './host-files.ts';
import { ImportDialog } from './import-dialog.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { OpenDialog } from './open-dialog.tsx';

type DialogName = 'open' | 'import' | 'export' | 'copy' | 'cut' | 'merge';

const TITLES = {
  open: 'Open…',
  import: 'Import…',
  export: 'Export…',
  copy: 'Save a copy…',
  cut: 'Cut out a range…',
  merge: 'Merge sessions…',
} as const satisfies Record<DialogName, string>;
const ORDER = Object.keys(TITLES) as DialogName[];
const NO_FILES = { folder: '', files: [] as readonly RecentFile[] };

/** The menu of files, its dialogs and commands. */
export function Files(): ReactNode {
  const { api } = useWorkbench();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [picked, setPicked] = useState<PickedFile | null>(null);
  const [recent, setRecent] = useState(NO_FILES);
  const started = useStarted();

  const show = async (name: DialogName): Promise<void> => {
    setPicked(null);
    setRecent(
      (await api()
        ?.['files.recent']()
        .catch(() => undefined)) ?? NO_FILES,
    );
    setDialog(name);
  };
  useCommands(
    ORDER.map(
      (name): Command => ({
        id: `files.${name}`,
        group: 'Capture',
        title: TITLES[name].replace('…', ''),
        run: () => void show(name),
      }),
    ),
  );
  const close = (): void => setDialog(null);
  const { folder } = recent;
  return (
    <>
      <Menu
        trigger={
          <IconButton label="Files: open, import, export">
            <FolderOpen size={16} aria-hidden />
          </IconButton>
        }
      >
        {ORDER.map((name) => (
          <MenuItem key={name} onClick={() => show(name)}>
            {TITLES[name]}
          </MenuItem>
        ))}
      </Menu>
      {dialog === 'open' && (
        <OpenDialog
          recent={recent.files}
          onImport={(file) => {
            setPicked(file);
            setDialog('import');
          }}
          onForget={(path) => {
            void api()?.['files.forgetRecent'](path);
            setRecent({ folder, files: recent.files.filter((file) => file.path !== path) });
          }}
          onClose={close}
        />
      )}
      {dialog === 'import' && <ImportDialog first={picked} onStarted={started} onClose={close} />}
      {dialog === 'export' && <ExportDialog folder={folder} onClose={close} />}
      {(dialog === 'copy' || dialog === 'cut') && <CopyDialog cut={dialog === 'cut'} folder={folder} onClose={close} />}
      {dialog === 'merge' && <MergeDialog folder={folder} onClose={close} />}
    </>
  );
}

/** An import that was started here is shown when it is there. */
function useStarted(): (task: number) => void {
  const { api, on } = useWorkbench();
  const own = useRef(new Set<number>());
  useEffect(
    () =>
      on('taskChanged', async ({ task, state }) => {
        if (state === 'running' || !own.current.delete(task) || state !== 'done') return;
        const engine = api();
        const end = await engine?.['files.ended'](task).catch(() => null);
        if (end?.download !== undefined) startDownload(document, end.download);
        else if (end?.session) await engine?.['session.open'](end.path).catch(() => undefined);
      }),
    [on, api],
  );
  return (task) => own.current.add(task);
}
