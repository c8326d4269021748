import { expect, it } from 'vitest';
import type { JsonObject } from '../../ocpp/json.ts';
import { acceptsPassword, passwordSet } from './password-change.ts';

const named = (component: string, variable: string) => ({
  component: { name: component },
  variable: { name: variable },
});
const password = named('SecurityCtrlr', 'BasicAuthPassword');

it.each<[string, string, JsonObject, JsonObject, string | undefined]>([
  ['1.6', 'ChangeConfiguration', { key: 'AuthorizationKey', value: 'AB' }, { status: 'Accepted' }, 'AB'],
  [
    '1.6 in another case',
    'ChangeConfiguration',
    { key: 'authorizationkey', value: 'AB' },
    { status: 'Accepted' },
    'AB',
  ],
  ['1.6, rejected', 'ChangeConfiguration', { key: 'AuthorizationKey', value: 'AB' }, { status: 'Rejected' }, undefined],
  ['1.6, another key', 'ChangeConfiguration', { key: 'CpoName', value: 'AB' }, { status: 'Accepted' }, undefined],
  [
    '2.x (A01.FR.03)',
    'SetVariables',
    {
      setVariableData: [
        { ...named('A', 'B'), attributeValue: 'x' },
        { ...password, attributeValue: 'new' },
      ],
    },
    {
      setVariableResult: [
        { ...named('A', 'B'), attributeStatus: 'Rejected' },
        { ...password, attributeStatus: 'Accepted' },
      ],
    },
    'new',
  ],
  [
    '2.x, rejected (A01.FR.04)',
    'SetVariables',
    {
      setVariableData: [
        { ...named('A', 'B'), attributeValue: 'x' },
        { ...password, attributeValue: 'new' },
      ],
    },
    {
      setVariableResult: [
        { ...named('A', 'B'), attributeStatus: 'Accepted' },
        { ...password, attributeStatus: 'Rejected' },
      ],
    },
    undefined,
  ],
  [
    'a value that no variable takes',
    'ChangeConfiguration',
    { key: 'AuthorizationKey', value: 'x'.repeat(2501) },
    { status: 'Accepted' },
    undefined,
  ],
  [
    'what is malformed',
    'SetVariables',
    { setVariableData: [null, 1, { component: [] }] },
    { setVariableResult: 1 },
    undefined,
  ],
  ['other actions', 'DataTransfer', { key: 'AuthorizationKey', value: 'AB' }, { status: 'Accepted' }, undefined],
])('a password is changed by %s, or is not', (_, action, request, response, changed) => {
  expect(acceptsPassword(action, response) ? passwordSet(action, request) : undefined).toBe(changed);
});
