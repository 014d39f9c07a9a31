import { describe, expect, it } from '@jest/globals';
import { DatasetError } from '../dataset-error.js';
import { parseOutcomes } from './outcomes.js';

const HEADER = 'RecordID,SAPS-I,SOFA,Length_of_stay,Survival,In-hospital_death';

describe('an outcomes file of Challenge 2012', () => {
  it('gives scores, days and outcome; -1 is unknown', () => {
    const outcomes = parseOutcomes(
      `${HEADER}\r\n1,6,1,5,-1,0\r\n2,16,8,8,4,1\r\n3,-1,-1,-1,-1,0\r\n`,
      'Outcomes-a.txt',
    );
    expect([...outcomes]).toEqual([
      ['1', { outcome: 'survived', severityScores: { 'saps-i': 6, sofa: 1 }, lengthOfStayDays: 5 }],
      ['2', { outcome: 'died', severityScores: { 'saps-i': 16, sofa: 8 }, lengthOfStayDays: 8, survivalDays: 4 }],
      ['3', { outcome: 'survived' }],
    ]);
  });

  it('keeps a score of 0, which is not unknown, and leaves an unreadable outcome unknown', () => {
    expect(parseOutcomes(`${HEADER}\n4,0,0,3,,?\n`, 'x').get('4')).toEqual({
      severityScores: { 'saps-i': 0, sofa: 0 },
      lengthOfStayDays: 3,
    });
  });

  it('reads a file of outcomes alone, and refuses one without them', () => {
    expect(parseOutcomes('RecordID,In-hospital_death\n9,1\n', 'x').get('9')).toEqual({ outcome: 'died' });
    expect(() => parseOutcomes('RecordID,Survival\n9,1\n', 'Outcomes-a.txt')).toThrow(DatasetError);
  });
});
