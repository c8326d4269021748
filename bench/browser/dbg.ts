import { startWorkbench } from './workbench-page.ts';
const t = performance.now();
const say = (x: unknown) => console.log(((performance.now() - t) / 1000).toFixed(1), x);
const w = await startWorkbench('/tmp/core-1k.plugscope', '/tmp/core-dbg');
say('started');
const timer = setInterval(async () => { for (const p of w.pages()) say(await p.evaluate(() => [document.visibilityState, document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')]).catch((e) => String(e).slice(0, 80))); }, 4000);
await w.open(20); say('open'); clearInterval(timer); await w.close();
