// The way along a neighbour's line between two places on it: its own corners, digit for digit, the shorter way round.
import { along, lengthOf } from './model.js'

// Two places that lie on one closed line, whichever of the lines through them that is; null where there is none.
export function pathBetween (from, to) {
  const paths = (from?.lines ?? []).flatMap((one) => (to?.lines ?? [])
    .filter((other) => other.points === one.points)
    .map((other) => shorter(one, other)))
  return paths.reduce((best, path) => (!best || lengthOf(path) < lengthOf(best) ? path : best), null)
}

function shorter (from, to) {
  const { points } = from
  const onward = way(points, from, to)
  const back = way(points, to, from).reverse()
  return lengthOf(onward) <= lengthOf(back) ? onward : back
}

// From one place to the other in the order of the line's points.
function way (points, from, to) {
  const size = points.length
  const first = (from.at + 1) % size
  const last = to.at
  const isAhead = from.at === to.at && share(from) <= share(to)
  const between = isAhead ? [] : along(points, first, last)
  return cleaned([from.point, ...between, to.point])
}

function share (place) {
  return Math.hypot(place.point[0] - place.a[0], place.point[1] - place.a[1])
}

function cleaned (points) {
  return points.filter((point, at) => at === 0 || point[0] !== points[at - 1][0] || point[1] !== points[at - 1][1])
}
