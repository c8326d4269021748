// npm run bench:schedules: how long a composite schedule over a week with 50 profiles takes to calculate.
import { compositeAnswer } from '../src/ocpp/schedule/answer.ts';
import { GOAL, measureWeek, PROFILES, WEEK, WEEK_START } from './schedule-week.ts';

for (const periodsPerDay of [4, 24, 96]) {
  const { pieces, first, median, worst, processor } = measureWeek(periodsPerDay);
  const answer = compositeAnswer(pieces, {
    version: '2.1',
    evseId: 1,
    duration: WEEK / 1000,
    unit: 'W',
    at: WEEK_START,
    unlimited: 22_000,
  });
  const size = JSON.stringify(answer).length;
  const sentence = `${PROFILES} profiles of ${periodsPerDay} periods a day over a week: ${pieces.length} pieces`;
  console.log(
    `${sentence}, median ${median.toFixed(2)} ms, 95 % ${worst.toFixed(2)} ms, processors ${processor.toFixed(2)} ms, first ${first.toFixed(2)} ms (goal ${GOAL} ms), answer ${size} characters`,
  );
}
