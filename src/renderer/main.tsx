import { connectToHost } from './app/connect.ts';
import { startWorkbench } from './app/start.tsx';

startWorkbench(document, connectToHost(window));
