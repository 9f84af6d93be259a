import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countWords, wordsOf } from '../../app/static/js/editor/search.js'

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
