import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gridReference, readPlace } from '../../app/static/js/editor/places.js'

const READ = [
  ['SO 62500 75500', [362500, 275500]],
  ['so6250075500', [362500, 275500]],
  ['SO 625 755', [362550, 275550]],
  ['TG 51409 13177', [651409, 313177]],
  ['NY 2160 0720', [321605, 507205]],
  ['362500, 275500', [362500, 275500]],
  ['362500.123 275500.4', [362500.123, 275500.4]],
  ['52.375, -2.551', null],
  ['behind the church', null],
  ['SO 625 75', null],
  ['', null]
]
for (const [typed, expected] of READ) {
  test(`${typed || 'nothing'} is read as ${expected}`, () => assert.deepEqual(readPlace(typed), expected))
}

test('a grid reference is written and read back to the metre, all over England', () => {
  for (let e = 85123; e < 655000; e += 41111) {
    for (let n = 5456; n < 657000; n += 43333) assert.deepEqual(readPlace(gridReference([e + 0.7, n + 0.2])), [e, n])
  }
})
