import type { Block2 } from '../action-words.ts';
import { amount, count, labelled, list, number, object, phrase, seconds, text } from '../payload.ts';
import { acknowledged, evseId, idToken, statusWithReason } from '../terms.ts';

export const AUTHORIZATION = {
  Authorize: {
    request: (payload) => [idToken(payload), payload.certificate === undefined ? undefined : 'with certificate'],
    response(payload) {
      const info = object(payload, 'idTokenInfo');
      return [
        text(info, 'status'),
        labelled('certificate ', text(payload, 'certificateStatus')),
        labelled('tariff ', text(object(payload, 'tariff'), 'tariffId')),
      ];
    },
  },
  ClearCache: { request: () => 'Clear the authorization cache' },
  NotifySettlement: {
    request: (payload) => [
      phrase(text(payload, 'status'), amount(payload, 'settlementAmount')),
      labelled('PSP ', text(payload, 'pspRef', 24)),
      labelled('transaction ', text(payload, 'transactionId')),
    ],
    response: acknowledged,
  },
  NotifyWebPaymentStarted: {
    request: (payload) => [
      phrase(evseId(number(payload, 'evseId')), 'web payment started'),
      labelled('time-out ', seconds(payload, 'timeout')),
    ],
    response: acknowledged,
  },
  VatNumberValidation: {
    request: (payload) => [labelled('VAT ', text(payload, 'vatNumber')), evseId(number(payload, 'evseId'))],
    response: (payload) => [statusWithReason(payload), text(object(payload, 'company'), 'name')],
  },
} satisfies Block2<'C Authorization'>;

export const LOCAL_AUTHORIZATION_LIST = {
  GetLocalListVersion: {
    request: () => 'Ask for the version of the local list',
    response: (payload) => labelled('Local list version ', number(payload, 'versionNumber')),
  },
  SendLocalList: {
    request: (payload) => [
      phrase(text(payload, 'updateType'), labelled('list version ', number(payload, 'versionNumber'))),
      count(list(payload, 'localAuthorizationList').length, 'entry', 'entries'),
    ],
  },
} satisfies Block2<'D Local Authorization List Management'>;
