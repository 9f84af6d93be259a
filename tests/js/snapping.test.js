import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathBetween } from '../../app/static/js/editor/follow.js'
import { distance, onSegment } from '../../app/static/js/editor/model.js'
import { SnapIndex } from '../../app/static/js/editor/snapping.js'

const FEATURE = { name: 'Alder' }
const RING = [[0, 0], [1000, 0], [1000, 1000], [500, 1200], [0, 1000]]
function index () {
  const made = new SnapIndex()
  made.add(FEATURE, RING)
  return made
}

test('a corner within reach is taken, digit for digit, before a nearer line', () => {
  const found = index().nearest([12, 1], 15)
  assert.equal(found.kind, 'corner')
  assert.equal(found.point, RING[0])
})

test('otherwise the nearest place on a line, and nothing out of reach', () => {
  assert.deepEqual(index().nearest([400, 9], 15).point, [400, 0])
  assert.equal(index().nearest([400, 16], 15), null)
})

test('the cells find what going through every piece finds', () => {
  let seed = 7
  const random = () => { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
  const made = new SnapIndex()
  const rings = Array.from({ length: 30 }, () => {
    const [x, y] = [random() * 3000, random() * 3000]
    return Array.from({ length: 6 }, () => [x + random() * 700, y + random() * 700])
  })
  rings.forEach((ring) => made.add(FEATURE, ring))
  for (let time = 0; time < 400; time++) {
    const point = [random() * 3500, random() * 3500]
    const reach = 5 + random() * 60
    const slow = Math.min(...rings.flatMap((ring) => ring.map((a, at) => distance(onSegment(a, ring[(at + 1) % ring.length], point), point))))
    const found = made.nearest(point, reach)
    assert.equal(found !== null, slow <= reach)
    if (found?.kind === 'line') assert.ok(Math.abs(found.away - slow) < 1e-9)
  }
})

const WAYS = [
  { name: 'along one piece', from: [100, 1], to: [300, 1], expected: [[100, 0], [300, 0]] },
  { name: 'along one piece, backwards', from: [300, 1], to: [100, 1], expected: [[300, 0], [100, 0]] },
  { name: 'round a corner', from: [900, 1], to: [999, 300], expected: [[900, 0], [1000, 0], [1000, 300]] },
  { name: 'over the end of the list', from: [1, 300], to: [300, 1], expected: [[0, 300], [0, 0], [300, 0]] },
  { name: 'over the end of the list, backwards', from: [300, 1], to: [1, 300], expected: [[300, 0], [0, 0], [0, 300]] },
  { name: 'from corner to corner', from: [1000, 1], to: [501, 1200], expected: [[1000, 0], [1000, 1000], [500, 1200]] }
]
for (const { name, from, to, expected } of WAYS) {
  test(`a line is followed the shorter way: ${name}`, () => {
    const made = index()
    assert.deepEqual(pathBetween(made.nearest(from, 15), made.nearest(to, 15)), expected)
  })
}

test('two different lines are not followed', () => {
  const made = index()
  made.add({ name: 'Birch' }, [[5000, 0], [6000, 0], [6000, 900]])
  assert.equal(pathBetween(made.nearest([300, 1], 15), made.nearest([5500, 1], 15)), null)
  assert.equal(pathBetween(null, made.nearest([5500, 1], 15)), null)
})

test('an edge that two neighbours share is followed although each end was caught on another of them', () => {
  const made = new SnapIndex()
  made.add({ name: 'Birch' }, [[1000, 0], [2000, 0], [2000, 500], [1000, 500]])
  made.add(FEATURE, RING)
  const [from, to] = [made.nearest([1000, 1], 15), made.nearest([999, 999], 15)]
  assert.notEqual(from.points, to.points)
  assert.deepEqual(pathBetween(from, to), [[1000, 0], [1000, 1000]])
})
