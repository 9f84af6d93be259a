// Which line or corner of the layers lies within reach of a point. Points and pieces are sorted into square cells, so
// that a window with a hundred thousand of them is asked in well under a millisecond. Pure: metres in, metres out.
import { distance, onSegment } from './model.js'

const CELL_M = 100
const SAME_M = 0.001

export class SnapIndex {
  constructor () {
    this.cells = new Map()
    this.vertices = new Set()
  }

  // A closed line: feature says whose it is, points go round once.
  add (feature, points) {
    for (let at = 0; at < points.length; at++) {
      const [a, b] = [points[at], points[(at + 1) % points.length]]
      this.vertices.add(`${a[0]},${a[1]}`)
      const piece = { feature, points, at, a, b }
      const [west, east] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])]
      const [south, north] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])]
      for (let x = Math.floor(west / CELL_M); x <= Math.floor(east / CELL_M); x++) {
        for (let y = Math.floor(south / CELL_M); y <= Math.floor(north / CELL_M); y++) {
          if (!meetsCell(a, b, x, y)) continue
          const cell = `${x},${y}`
          if (!this.cells.has(cell)) this.cells.set(cell, [])
          this.cells.get(cell).push(piece)
        }
      }
    }
  }

  // Whether a point is, digit for digit, a corner of some line.
  isVertex (point) { return this.vertices.has(`${point[0]},${point[1]}`) }

  // The nearest corner within reach, or else the nearest place on a line: {point, kind, feature, points, at}.
  nearest (point, reachM) {
    let [corner, line] = [null, null]
    for (const piece of this.near(point, reachM)) {
      const toCorner = distance(piece.a, point)
      if (toCorner <= reachM && (!corner || toCorner < corner.away)) {
        corner = { ...piece, point: piece.a, kind: 'corner', away: toCorner }
      }
      const on = onSegment(piece.a, piece.b, point)
      const away = distance(on, point)
      if (away <= reachM && (!line || away < line.away)) line = { ...piece, point: on, kind: 'line', away }
    }
    const found = corner ?? line
    return found && { ...found, lines: this.linesThrough(found) }
  }

  // The same place on every line that passes through it: neighbours share their edges.
  linesThrough (found) {
    const lines = new Map([[found.points, found]])
    for (const piece of this.near(found.point, SAME_M)) {
      if (lines.has(piece.points)) {
        if (lines.get(piece.points) === found || distance(piece.a, found.point) > SAME_M) continue
      }
      if (distance(onSegment(piece.a, piece.b, found.point), found.point) > SAME_M) continue
      lines.set(piece.points, { ...piece, point: found.point })
    }
    return [...lines.values()]
  }

  * near (point, reachM) {
    const seen = new Set()
    for (let x = Math.floor((point[0] - reachM) / CELL_M); x <= Math.floor((point[0] + reachM) / CELL_M); x++) {
      for (let y = Math.floor((point[1] - reachM) / CELL_M); y <= Math.floor((point[1] + reachM) / CELL_M); y++) {
        for (const piece of this.cells.get(`${x},${y}`) ?? []) {
          if (seen.has(piece)) continue
          seen.add(piece)
          yield piece
        }
      }
    }
  }
}

// Whether a straight piece passes through a cell, by the sides on which the cell's corners lie.
function meetsCell (a, b, x, y) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  let [above, below] = [false, false]
  for (const [e, n] of [[x, y], [x + 1, y], [x, y + 1], [x + 1, y + 1]]) {
    const side = dx * (n * CELL_M - a[1]) - dy * (e * CELL_M - a[0])
    if (side >= 0) above = true
    if (side <= 0) below = true
  }
  return above && below
}
