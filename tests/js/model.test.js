import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  along, boundsOf, countOf, fromGeoJSON, inserted, isEqual, moved, nearestEdge, nearestPoint, onSegment, pointAt, removed,
  ringsOf, toGeoJSON, toMillimetre, withPart, withSection
} from '../../app/static/js/editor/model.js'

const FINE = [400000.123456789, 300000.1]
const shape = () => ({ type: 'MultiPolygon', coordinates: [[[FINE, [401000.3, 300000.7000000001], [400500.9, 301000.00000012], FINE]]] })
const square = (west, south, side) => [[west, south], [west + side, south], [west + side, south + side], [west, south + side]]

test('a boundary goes out exactly as it came in, its last point the same as its first', () => {
  assert.deepEqual(toGeoJSON(fromGeoJSON(shape())).coordinates, shape().coordinates)
  assert.equal(JSON.stringify(toGeoJSON(fromGeoJSON(JSON.parse(JSON.stringify(shape())))).coordinates), JSON.stringify(shape().coordinates))
})

test('a ring that does not repeat its first point is closed when it goes out', () => {
  const open = { type: 'Polygon', coordinates: [square(0, 0, 10)] }
  assert.equal(toGeoJSON(fromGeoJSON(open)).coordinates[0][0].length, 5)
})

test('moving one point leaves every other one the very same object', () => {
  const before = fromGeoJSON(shape())
  const after = moved(before, { part: 0, ring: 0, index: 1 }, [1, 2])
  assert.deepEqual(pointAt(after, { part: 0, ring: 0, index: 1 }), [1, 2])
  assert.equal(after[0][0][0], before[0][0][0])
  assert.equal(after[0][0][2], before[0][0][2])
  assert.deepEqual(before, fromGeoJSON(shape()))
})

test('a point goes in before the one at its place, and out again', () => {
  const before = [[square(0, 0, 10)]]
  const at = { part: 0, ring: 0, index: 2 }
  const more = inserted(before, at, [10, 5])
  assert.deepEqual(more[0][0], [[0, 0], [10, 0], [10, 5], [10, 10], [0, 10]])
  assert.ok(isEqual(removed(more, at), before))
})

test('a ring that loses its third last point goes: a hole alone, an outer line with its part', () => {
  const triangle = [[0, 0], [10, 0], [0, 10]]
  const hole = [[1, 1], [2, 1], [1, 2]]
  assert.deepEqual(removed([[triangle, hole]], { part: 0, ring: 1, index: 0 }), [[triangle]])
  assert.deepEqual(removed([[triangle, hole], [square(20, 20, 5)]], { part: 0, ring: 0, index: 0 }), [[square(20, 20, 5)]])
})

const SECTIONS = [
  { name: 'forwards', from: 0, to: 1, path: [[0, 0], [5, -1], [10, 0]], expected: [[0, 0], [5, -1], [10, 0], [10, 10], [0, 10]] },
  { name: 'backwards', from: 1, to: 0, path: [[10, 0], [5, -1], [0, 0]], expected: [[0, 0], [5, -1], [10, 0], [10, 10], [0, 10]] },
  { name: 'over the first point', from: 3, to: 0, path: [[0, 10], [-1, 5], [0, 0]], expected: [[0, 10], [-1, 5], [0, 0], [10, 0], [10, 10]] }
]
for (const { name, from, to, path, expected } of SECTIONS) {
  test(`the shorter way round is replaced by a path, ${name}`, () => {
    const made = withSection(square(0, 0, 10), from, to, path)
    const start = made.findIndex((point) => String(point) === String(expected[0]))
    assert.deepEqual([...made.slice(start), ...made.slice(0, start)], expected)
  })
}

test('points along a ring go on past its end', () => {
  assert.deepEqual(along([0, 1, 2, 3], 2, 1), [2, 3, 0, 1])
  assert.deepEqual(along([0, 1, 2, 3], 1, 2), [1, 2])
})

test('the nearest edge says where a new point goes in', () => {
  const found = nearestEdge([[square(0, 0, 10)], [square(100, 0, 10)]], [105, -1])
  assert.deepEqual([found.part, found.ring, found.index, found.on, found.away], [1, 0, 1, [105, 0], 1])
  const closing = nearestEdge([[square(0, 0, 10)]], [-1, 5])
  assert.deepEqual([closing.index, closing.on], [4, [0, 5]])
})

test('the nearest point, the extent, the count and the names of lines', () => {
  const boundary = [[square(0, 0, 10), square(2, 2, 2)], [square(100, 0, 10)]]
  assert.deepEqual(nearestPoint(boundary, [3.9, 4.2]).index, 2)
  assert.deepEqual(boundsOf(boundary), [0, 0, 110, 10])
  assert.equal(boundsOf([]), null)
  assert.equal(countOf(boundary), 12)
  assert.deepEqual(ringsOf(boundary).map(({ name }) => name), ['Part 1, outer line', 'Part 1, hole 1', 'Part 2, outer line'])
  assert.deepEqual(ringsOf(withPart([], square(0, 0, 1))).map(({ name }) => name), ['Outer line'])
})

test('a placed point is kept to the millimetre, and the ends of a piece are returned as they are', () => {
  assert.deepEqual(toMillimetre([1.23456, 9.99951]), [1.235, 10])
  const end = [10, 0]
  assert.equal(onSegment([0, 0], end, [20, 5]), end)
  assert.deepEqual(onSegment([0, 0], end, [4, 5]), [4, 0])
})
