import { expect, it } from 'vitest';
import type { TaskState } from '../bridge/methods/tasks.ts';
import { createTasks, type TaskControl, type TaskEnd } from './tasks.ts';
import { fakeClock } from './testing/fake-clock.ts';

function started() {
  const clock = fakeClock();
  const tasks = createTasks(clock);
  const told: TaskState[] = [];
  tasks.onChange((state) => told.push(state));
  const end = Promise.withResolvers<TaskEnd>();
  const control = Promise.withResolvers<TaskControl>();
  const { task, ended } = tasks.start({ title: 'Importing', total: 10, unit: 'bytes' }, (given) => {
    control.resolve(given);
    given.signal.addEventListener('abort', () => end.resolve({ ok: true, sentence: 'Given up.' }));
    return end.promise;
  });
  return { clock, tasks, told, task, ended, end, control: control.promise };
}

it('tells of its start, its progress at most every 100 ms, and its end', async () => {
  const { clock, told, ended, end, control, tasks } = started();
  const { progress } = await control;
  expect(told).toMatchObject([{ state: 'running', done: 0, total: 10 }]);
  progress(3);
  progress(7);
  expect(told).toHaveLength(1);
  clock.advance(100);
  expect(told.at(-1)).toMatchObject({ done: 7 });
  end.resolve({ ok: true, sentence: 'Imported.' });
  await expect(ended).resolves.toMatchObject({ state: 'done', sentence: 'Imported.', done: 7 });
  progress(9);
  clock.advance(100);
  expect(told).toHaveLength(3);
  expect(tasks.list()).toMatchObject([{ state: 'done' }]);
});

it('is cancelled', async () => {
  const { tasks, task, ended } = started();
  tasks.cancel(task);
  await expect(ended).resolves.toMatchObject({ state: 'cancelled', sentence: 'Given up.' });
});

it('fails with what it throws', async () => {
  const { end, ended } = started();
  end.reject(new Error('the disk is gone'));
  await expect(ended).resolves.toMatchObject({ state: 'failed', sentence: 'Importing failed: the disk is gone.' });
});

it('ends all when it is closed', async () => {
  const { tasks, ended } = started();
  await tasks.close();
  await expect(ended).resolves.toMatchObject({ state: 'cancelled' });
});

it('forgets the oldest that ended', async () => {
  const tasks = createTasks(fakeClock());
  for (let i = 0; i < 30; i++) {
    await tasks.start({ title: `${i}`, total: null, unit: 'entries' }, async () => ({ ok: true, sentence: '' })).ended;
  }
  expect(tasks.list().map(({ title }) => title)).toEqual(Array.from({ length: 20 }, (_, i) => `${i + 10}`));
});
