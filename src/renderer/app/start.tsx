import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import type { Connect } from './connection.ts';
import { createPreferences } from './preferences.ts';
import { keepTheme } from './theme.ts';
import { browserTiming } from './timing.ts';
import './tokens.css';
import { createWorkbench, WorkbenchContext } from './workbench.ts';

/** Puts the workbench together and shows it. */
export function startWorkbench(page: Document, connect: Connect): void {
  const place = page.getElementById('workbench');
  if (!place) throw new Error('The page has no place for the workbench.');
  const preferences = createPreferences(localStorage);
  keepTheme(page, preferences);
  const workbench = createWorkbench(connect, preferences, browserTiming());
  createRoot(place).render(
    <StrictMode>
      <WorkbenchContext value={workbench}>
        <App />
      </WorkbenchContext>
    </StrictMode>,
  );
}
