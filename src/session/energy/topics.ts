import { BATTERY_ACTIONS, BatteryTopic } from './battery/battery-topic.ts';
import { CHARGING_ACTIONS, Charging } from './charging/charging.ts';
import { DER_ACTIONS, DerTopic } from './der/der-topic.ts';
import { GRID_ACTIONS, GridTopic } from './grid/grid-topic.ts';
import { METERING_ACTIONS, Metering } from './metering/metering.ts';
import { SIGNED_ACTIONS, SignedTopic } from './signed/signed-topic.ts';
import { TARIFF_ACTIONS, TariffTopic } from './tariffs/tariff-topic.ts';
import type { Topic } from './topic.ts';

interface TopicEntry {
  /** Actions whose messages it wants; it is given those of the other topics, too. */
  readonly actions: readonly string[];
  create(): Topic;
}

/** What is gathered from the messages of a station, beside what is `Known` of it: one line for each topic. */
export const TOPICS = {
  battery: { actions: BATTERY_ACTIONS, create: () => new BatteryTopic() },
  charging: { actions: CHARGING_ACTIONS, create: () => new Charging() },
  der: { actions: DER_ACTIONS, create: () => new DerTopic() },
  grid: { actions: GRID_ACTIONS, create: () => new GridTopic() },
  metering: { actions: METERING_ACTIONS, create: () => new Metering() },
  signed: { actions: SIGNED_ACTIONS, create: () => new SignedTopic() },
  tariffs: { actions: TARIFF_ACTIONS, create: () => new TariffTopic() },
} satisfies Readonly<Record<string, TopicEntry>>;

/** The topics of one station. */
export type Topics = { readonly [N in keyof typeof TOPICS]: ReturnType<(typeof TOPICS)[N]['create']> };

/** New topics of a station. */
export function createTopics(): Topics {
  const entries = Object.entries<TopicEntry>(TOPICS).map(([name, { create }]) => [name, create()]);
  return Object.fromEntries(entries) as Topics;
}

/** Actions that any topic wants. */
export const TOPIC_ACTIONS: readonly string[] = Object.values<TopicEntry>(TOPICS).flatMap(({ actions }) => actions);
