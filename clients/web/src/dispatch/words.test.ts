import { describe, expect, it } from 'vitest';
import { mayOf } from './may';
import { linkTroubleOf, stepsAhead, troubleOf } from './words';

describe('the steps ahead', () => {
  it('are those after the present one, the next one first', () => {
    expect(stepsAhead('ASSIGNED').map(([step]) => step)).toEqual(['EN_ROUTE', 'ARRIVED', 'IN_SERVICE', 'COMPLETED']);
    expect(stepsAhead('IN_SERVICE').map(([step]) => step)).toEqual(['COMPLETED']);
  });

  it('are none after the end', () => {
    expect([stepsAhead('COMPLETED'), stepsAhead('CANCELLED')]).toEqual([[], []]);
  });
});

describe('trouble', () => {
  it('is told in the words of the service', () => {
    expect(troubleOf({ kind: 'broken', message: 'The vendor is BUSY.' })).toBe('The vendor is BUSY.');
    expect(troubleOf({ kind: 'lost' })).toMatch(/safe to try again/);
    expect(linkTroubleOf({ kind: 'lost' })).not.toMatch(/safe/);
    expect(linkTroubleOf({ kind: 'absent' })).toBe(troubleOf({ kind: 'absent' }));
  });
});

describe('a role', () => {
  it.each([
    ['OPERATOR', { see: true, dispatch: true, step: true }],
    ['DISPATCHER', { see: true, dispatch: true, step: true }],
    ['VENDOR', { see: true, dispatch: false, step: true }],
    ['CALLER', { see: false, dispatch: false, step: false }],
    ['GUEST', { see: false, dispatch: false, step: false }],
  ])('%s', (role, may) => {
    expect(mayOf(role)).toEqual(may);
  });
});
