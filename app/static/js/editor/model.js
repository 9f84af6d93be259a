// A boundary as the editor holds it: parts, each a list of rings (the outer one first), each ring a list of points
// [easting, northing] in British grid metres, the first not repeated at the end. Nothing here is ever changed in
// place: every change returns a new boundary that shares what it did not touch, so a point nobody moved is the very
// point that the server sent, every digit of it.

const CRS = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::27700' } }
const LEAST = 3

export const EMPTY = []

const isSame = (a, b) => a[0] === b[0] && a[1] === b[1]

function opened (ring) {
  return ring.length > 1 && isSame(ring[0], ring[ring.length - 1]) ? ring.slice(0, -1) : ring
}

// The boundary of a GeoJSON polygon or multipolygon on the British grid.
export function fromGeoJSON (shape) {
  const parts = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates
  return parts.map((part) => part.map(opened))
}

export function toGeoJSON (boundary) {
  const coordinates = boundary.map((part) => part.map((ring) => [...ring, ring[0]]))
  return { type: 'MultiPolygon', crs: CRS, coordinates }
}

export function lineToGeoJSON (points) {
  return { type: 'LineString', crs: CRS, coordinates: points }
}

export function polygonToGeoJSON (points) {
  return toGeoJSON([[points]])
}

// Two boundaries with the same points in the same order.
export function isEqual (a, b) {
  return a === b || (a.length === b.length && a.every((part, at) => part === b[at] || (part.length === b[at].length &&
    part.every((ring, of) => ring === b[at][of] || (ring.length === b[at][of].length &&
      ring.every((point, index) => isSame(point, b[at][of][index])))))))
}

// What a place in the boundary is: {part, ring, index}.
export function pointAt (boundary, at) {
  return boundary[at.part]?.[at.ring]?.[at.index]
}

const replaced = (list, index, value) => list.map((each, at) => (at === index ? value : each))

export function withRing (boundary, at, ring) {
  return replaced(boundary, at.part, replaced(boundary[at.part], at.ring, ring))
}

export function moved (boundary, at, point) {
  return withRing(boundary, at, replaced(boundary[at.part][at.ring], at.index, point))
}

// The boundary with a point put in before the one at `at`.
export function inserted (boundary, at, point) {
  const ring = boundary[at.part][at.ring]
  return withRing(boundary, at, [...ring.slice(0, at.index), point, ...ring.slice(at.index)])
}

// The boundary without one point; a ring of fewer than three points goes, and a part with its outer ring.
export function removed (boundary, at) {
  const ring = boundary[at.part][at.ring].filter((_, index) => index !== at.index)
  return ring.length >= LEAST ? withRing(boundary, at, ring) : withoutRing(boundary, at)
}

export function withoutRing (boundary, at) {
  if (at.ring === 0) return boundary.filter((_, index) => index !== at.part)
  return replaced(boundary, at.part, boundary[at.part].filter((_, index) => index !== at.ring))
}

export function withPart (boundary, points) {
  return [...boundary, [points]]
}

// The ring with the shorter way from one of its points to another replaced by a path between the same two.
export function withSection (ring, from, to, path) {
  const ways = [along(ring, from, to), along(ring, to, from)]
  const shorter = lengthOf(ways[0]) <= lengthOf(ways[1]) ? 0 : 1
  const kept = ways[1 - shorter]
  const middle = shorter === 0 ? path : [...path].reverse()
  return [...middle, ...kept.slice(1, -1)]
}

// The points of a ring from one index on to another, both included.
export function along (ring, from, to) {
  return from <= to ? ring.slice(from, to + 1) : [...ring.slice(from), ...ring.slice(0, to + 1)]
}

export function lengthOf (points) {
  let total = 0
  for (let at = 1; at < points.length; at++) total += distance(points[at - 1], points[at])
  return total
}

export function distance (a, b) {
  return Math.hypot(a[0] - b[0], a[1] - b[1])
}

export function countOf (boundary) {
  return boundary.reduce((sum, part) => sum + part.reduce((points, ring) => points + ring.length, 0), 0)
}

export function boundsOf (boundary) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const part of boundary) {
    for (const [e, n] of part[0]) {
      west = Math.min(west, e); east = Math.max(east, e); south = Math.min(south, n); north = Math.max(north, n)
    }
  }
  return boundary.length ? [west, south, east, north] : null
}

// Every ring with its place and a name for people: "Outer line", "Part 2, hole 1".
export function ringsOf (boundary) {
  return boundary.flatMap((part, of) => part.map((ring, index) => ({
    at: { part: of, ring: index },
    ring,
    name: (boundary.length > 1 ? `Part ${of + 1}, ` : '') + (index === 0 ? 'outer line' : `hole ${index}`)
  }))).map((each) => ({ ...each, name: each.name[0].toUpperCase() + each.name.slice(1) }))
}

// The millimetre to which a point that somebody places is kept.
export function toMillimetre (point) {
  return [Math.round(point[0] * 1000) / 1000, Math.round(point[1] * 1000) / 1000]
}

// The place on the boundary's lines nearest to a point: where a new point goes in, and how far away it is.
export function nearestEdge (boundary, point) {
  let best = null
  boundary.forEach((part, of) => part.forEach((ring, index) => {
    for (let at = 0; at < ring.length; at++) {
      const on = onSegment(ring[at], ring[(at + 1) % ring.length], point)
      const away = distance(on, point)
      if (!best || away < best.away) best = { part: of, ring: index, index: at + 1, on, away }
    }
  }))
  return best
}

export function nearestPoint (boundary, point) {
  let best = null
  boundary.forEach((part, of) => part.forEach((ring, index) => ring.forEach((each, at) => {
    const away = distance(each, point)
    if (!best || away < best.away) best = { part: of, ring: index, index: at, away }
  })))
  return best
}

// The point of a straight piece nearest to another point.
export function onSegment (a, b, point) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const square = dx * dx + dy * dy
  const share = square === 0 ? 0 : ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / square
  if (share <= 0) return a
  if (share >= 1) return b
  return [a[0] + share * dx, a[1] + share * dy]
}
