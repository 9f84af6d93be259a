import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countWords, pointOf, wordsOf } from '../../app/static/js/editor/search.js'

const ALDER = { name: 'Alder', kind: 'parish' }

test('what was found is said with what it is', () => {
  assert.equal(wordsOf(ALDER), 'Alder, parish')
  assert.equal(wordsOf({ name: 'AL1 1AA', kind: 'postcode' }), 'AL1 1AA, postcode')
  assert.equal(wordsOf({ name: 'x', kind: 'something new' }), 'x, something new')
})

const SAID = [
  [[], /Nothing here is called “Aldr”/],
  [[ALDER], /^1 place found: Alder, parish/],
  [[ALDER, ALDER], /^2 places found/]
]
for (const [found, expected] of SAID) {
  test(`${found.length} found is said`, () => assert.match(countWords(found, 'Aldr'), expected))
}

test('a typed reference is the very point that it names, anything else where it lies', () => {
  const found = { easting: 360000.5, northing: 280000.5 }
  assert.deepEqual(pointOf({ ...found, kind: 'point', reference: 'SO 60000 80000' }), [360000, 280000])
  assert.deepEqual(pointOf({ ...found, kind: 'point', reference: '52.42, -2.59' }), [360000.5, 280000.5])
  assert.deepEqual(pointOf({ ...found, kind: 'parish', reference: 'E04999008' }), [360000.5, 280000.5])
})
