import { Download } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { IconButton } from '../button.tsx';
import { Menu, MenuItem } from '../menu.tsx';
import { saveBlob } from '../save-blob.ts';
import css from './chart.module.css';
import { copyPicture, fileNameOf, pngOf } from './chart-export.ts';

/** What a chart can be taken out as. */
export interface ChartExport {
  readonly title: string;
  /** The picture with its size. */
  svg(): { readonly text: string; readonly width: number; readonly height: number };
  csv(): string;
}

const SAID_FOR = 4000;

/** What can be had of a chart. */
export function ChartMenu({ source }: { source: ChartExport | null }): ReactNode {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const handle = setTimeout(() => setSaid(''), SAID_FOR);
    return () => clearTimeout(handle);
  }, [said]);
  if (!source) return null;
  const name = fileNameOf(source.title);
  const png = (): Promise<Blob> => {
    const { text, ...size } = source.svg();
    return pngOf(text, size);
  };
  const savePng = async (): Promise<void> => {
    try {
      saveBlob(document, `${name}.png`, await png());
    } catch {
      setSaid('The browser made no picture; save it as SVG.');
    }
  };
  const copy = async (): Promise<void> => {
    const outcome = await copyPicture(png());
    setSaid(outcome === 'copied' ? 'The picture is on the clipboard.' : 'The browser refused to copy; save it as PNG.');
  };
  return (
    <>
      <span className={css.said} role="status">
        {said}
      </span>
      <Menu
        trigger={
          <IconButton label={`Save or copy: ${source.title}`}>
            <Download size={14} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onClick={copy}>Copy as image</MenuItem>
        <MenuItem onClick={savePng}>Save as PNG</MenuItem>
        <MenuItem
          onClick={() => saveBlob(document, `${name}.svg`, new Blob([source.svg().text], { type: 'image/svg+xml' }))}
        >
          Save as SVG
        </MenuItem>
        <MenuItem onClick={() => saveBlob(document, `${name}.csv`, new Blob([source.csv()], { type: 'text/csv' }))}>
          Save the values as CSV
        </MenuItem>
      </Menu>
    </>
  );
}
