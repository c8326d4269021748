import type { JsonObject } from '../../ocpp/json.ts';
import type { EnergyAnswer, EnergyEvent, EnergyRequest } from './event.ts';
import { evseOf, instantOf, numberOf, objectOf, objectsOf, textOf } from './event-fields.ts';
import type { DeviceModelKnown, VariablePlace, VariableValue } from './known.ts';

/** Actions that tell of the device model, or of configuration keys. */
export const DEVICE_MODEL_ACTIONS = [
  'NotifyReport',
  'NotifyEvent',
  'GetVariables',
  'SetVariables',
  'GetConfiguration',
  'ChangeConfiguration',
] as const;

/** Places that are held, with their history; a station has some hundreds. */
const PLACES_MAX = 20_000;

interface Held {
  /** In the order of time. */
  readonly values: VariableValue[];
  limits: { readonly min?: number; readonly max?: number } | undefined;
}

/** What messages told of the device model of a station, or of its configuration keys. */
export class DeviceModel implements DeviceModelKnown {
  readonly #held = new Map<string, Held>();

  value(place: VariablePlace, instant?: number): VariableValue | undefined {
    const values = this.#held.get(keyOf(place))?.values;
    return instant === undefined ? values?.at(-1) : values?.findLast(({ at }) => at <= instant);
  }

  limits(place: VariablePlace): { readonly min?: number; readonly max?: number } | undefined {
    return this.#held.get(keyOf(withoutAttribute(place)))?.limits;
  }

  /** Takes what the station said of its variables, and what it accepted. */
  take(event: EnergyEvent): void {
    if (event.kind === 'answer') this.#answer(event);
    else if (event.kind === 'request') this.#request(event);
  }

  #request(event: EnergyRequest): void {
    if (event.action === 'NotifyReport') this.#report(event);
    if (event.action !== 'NotifyEvent') return;
    for (const data of objectsOf(event.request, 'eventData')) {
      const at = instantOf(data, 'timestamp') ?? event.at;
      this.#told(placeIn(data), textOf(data, 'actualValue'), event.entry, at);
    }
  }

  #report({ request, entry, at }: EnergyRequest): void {
    for (const data of objectsOf(request, 'reportData')) {
      const place = placeIn(data);
      if (place === undefined) continue;
      for (const attribute of objectsOf(data, 'variableAttribute')) {
        this.#told(
          { ...place, attribute: attributeOf(textOf(attribute, 'type')) },
          textOf(attribute, 'value'),
          entry,
          at,
        );
      }
      const characteristics = objectOf(data, 'variableCharacteristics');
      const min = numberOf(characteristics, 'minLimit');
      const max = numberOf(characteristics, 'maxLimit');
      if (min === undefined && max === undefined) continue;
      const held = this.#heldAt(place);
      if (held) held.limits = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
    }
  }

  #answer({ action, request, response, entry, at }: EnergyAnswer): void {
    if (action === 'GetVariables') {
      for (const result of objectsOf(response, 'getVariableResult')) {
        if (textOf(result, 'attributeStatus') !== 'Accepted') continue;
        const attribute = attributeOf(textOf(result, 'attributeType'));
        this.#told(placeIn(result, attribute), textOf(result, 'attributeValue'), entry, at);
      }
    } else if (action === 'SetVariables') {
      this.#set(request, response, entry, at);
    } else if (action === 'GetConfiguration') {
      for (const key of objectsOf(response, 'configurationKey')) {
        this.#told(configurationKey(key), textOf(key, 'value'), entry, at);
      }
    } else if (action === 'ChangeConfiguration' && textOf(response, 'status') === 'Accepted') {
      this.#told(configurationKey(request), textOf(request, 'value'), entry, at);
    }
  }

  /** What was accepted is in effect; what needs a reboot is told when it is read the next time. */
  #set(request: JsonObject, response: JsonObject, entry: number, at: number): void {
    const asked = new Map<string, string>();
    for (const data of objectsOf(request, 'setVariableData')) {
      const place = placeIn(data, attributeOf(textOf(data, 'attributeType')));
      const value = textOf(data, 'attributeValue');
      if (place && value !== undefined) asked.set(keyOf(place), value);
    }
    for (const result of objectsOf(response, 'setVariableResult')) {
      if (textOf(result, 'attributeStatus') !== 'Accepted') continue;
      const place = placeIn(result, attributeOf(textOf(result, 'attributeType')));
      if (place) this.#told(place, asked.get(keyOf(place)), entry, at);
    }
  }

  #told(place: VariablePlace | undefined, value: string | undefined, entry: number, at: number): void {
    if (place === undefined || value === undefined) return;
    const values = this.#heldAt(place)?.values;
    if (values === undefined) return;
    let index = values.length;
    while (index > 0 && (values[index - 1]?.at ?? 0) > at) index -= 1;
    if (values[index - 1]?.value === value) return;
    values.splice(index, 0, { value, entry, at });
  }

  #heldAt(place: VariablePlace): Held | undefined {
    const key = keyOf(place);
    let held = this.#held.get(key);
    if (held === undefined && this.#held.size < PLACES_MAX) {
      held = { values: [], limits: undefined };
      this.#held.set(key, held);
    }
    return held;
  }
}

type Attribute = NonNullable<VariablePlace['attribute']>;
const ATTRIBUTES: readonly string[] = ['Actual', 'Target', 'MinSet', 'MaxSet'] satisfies Attribute[];

function attributeOf(text: string | undefined): Attribute | undefined {
  return text !== undefined && ATTRIBUTES.includes(text) ? (text as Attribute) : undefined;
}

function withoutAttribute({ attribute: _, ...place }: VariablePlace): VariablePlace {
  return place;
}

/** Where a message says that a variable stands. */
function placeIn(data: JsonObject, attribute?: Attribute): VariablePlace | undefined {
  const component = objectOf(data, 'component');
  const variable = objectOf(data, 'variable');
  const [componentName, variableName] = [textOf(component, 'name'), textOf(variable, 'name')];
  if (componentName === undefined || variableName === undefined) return undefined;
  const evse = objectOf(component, 'evse');
  return {
    component: componentName,
    variable: variableName,
    evseId: evseOf(evse, 'id'),
    connectorId: evseOf(evse, 'connectorId'),
    componentInstance: textOf(component, 'instance'),
    variableInstance: textOf(variable, 'instance'),
    attribute,
  };
}

function configurationKey(holder: JsonObject): VariablePlace | undefined {
  const variable = textOf(holder, 'key');
  return variable === undefined ? undefined : { component: '', variable };
}

function keyOf(place: VariablePlace): string {
  return JSON.stringify([
    place.component,
    place.componentInstance,
    place.evseId,
    place.connectorId,
    place.variable,
    place.variableInstance,
    place.attribute ?? 'Actual',
  ]).toLowerCase();
}
