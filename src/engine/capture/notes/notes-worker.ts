import { parentPort, workerData } from 'node:worker_threads';
import { changeNotes, readNotes } from './notes-file.ts';
import type { NotesTask } from './session-notes.ts';

const task = workerData as NotesTask;
parentPort?.postMessage(
  task.change === null ? readNotes(task.session) : changeNotes(task.session, task.change, task.recording),
);
