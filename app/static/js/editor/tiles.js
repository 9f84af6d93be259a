// Where a base map's tiles lie under the British grid. Pure: points and numbers in, points and numbers out.
const TILE_PX = 256
const RADIUS_M = 6378137
const MERCATOR_M = 2 * Math.PI * RADIUS_M / TILE_PX
// The tiles of Ordnance Survey on the grid itself: metres a pixel at level 0, and the corner they are counted from.
const BRITISH = { metres: 896, west: -238375, north: 1376256, most: 13 }
const MOST_MERCATOR = 19

// The address of a tile: {z}, {x} and {y}, or the names that WMTS gives them; {s} is one of a, b, c.
export function tileAddress (template, { z, x, y }) {
  const words = { z, x, y, s: 'abc'[(x + y) % 3], TileMatrix: z, TileCol: x, TileRow: y }
  return template.replace(/\{(\w+)\}/g, (whole, name) => {
    const key = Object.keys(words).find((each) => each.toLowerCase() === name.toLowerCase())
    return key === undefined ? whole : String(words[key])
  })
}

// Degrees at any place of a window, from those at the corners of its cells: {bounds, size, degrees} row by row from the
// south. Between corners they are told straight, which is right to a small part of a pixel where a cell is some 60 wide.
export class Lattice {
  constructor ({ bounds, size, degrees }) { Object.assign(this, { bounds, size, degrees }) }

  get cellM () { return (this.bounds[2] - this.bounds[0]) / (this.size - 1) }

  holds ([west, south, east, north]) {
    return this.bounds[0] <= west && this.bounds[1] <= south && this.bounds[2] >= east && this.bounds[3] >= north
  }

  // [longitude, latitude]; null beyond the land where degrees are known.
  at ([easting, northing]) {
    const [west, south, east, north] = this.bounds
    const last = this.size - 1
    const [x, y] = [(easting - west) / (east - west) * last, (northing - south) / (north - south) * last]
    const [column, row] = [x, y].map((each) => Math.min(Math.max(Math.floor(each), 0), last - 1))
    const corner = (right, up) => this.degrees[(row + up) * this.size + column + right]
    const corners = [corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)]
    if (corners.some((each) => !each)) return null
    const [u, v] = [x - column, y - row]
    return [0, 1].map((axis) => (corners[0][axis] * (1 - u) + corners[1][axis] * u) * (1 - v) + (corners[2][axis] * (1 - u) + corners[3][axis] * u) * v)
  }
}

// A way of tiling: which level suits so many metres a pixel, and where a grid point lies on it, in pixels.
export function mercator (lattice) {
  return {
    level: (metresAPixel) => {
      const [, latitude] = lattice()?.at(middleOf(lattice().bounds)) ?? [0, 53]
      return clamp(Math.log2(MERCATOR_M * Math.cos(latitude * Math.PI / 180) / metresAPixel), MOST_MERCATOR)
    },
    pixel: (point, level) => {
      const degrees = lattice()?.at(point)
      return degrees && mercatorPixel(degrees, level)
    }
  }
}

export function mercatorPixel ([longitude, latitude], level) {
  const wide = TILE_PX * 2 ** level
  const turn = Math.log(Math.tan(Math.PI / 4 + latitude * Math.PI / 360))
  return [(longitude + 180) / 360 * wide, (1 - turn / Math.PI) / 2 * wide]
}

export const british = {
  level: (metresAPixel) => clamp(Math.log2(BRITISH.metres / metresAPixel), BRITISH.most),
  pixel: ([easting, northing], level) => {
    const metres = BRITISH.metres / 2 ** level
    return [(easting - BRITISH.west) / metres, (BRITISH.north - northing) / metres]
  }
}

// The transformation that takes three corners of a square of `side` pixels (its upper left at `to`) from where they
// lie on the tiles to where they lie on the screen: the six numbers that a canvas takes. Null where they have no land.
export function affine ([a, b, c], to, side) {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]]
  const whole = ux * vy - uy * vx
  if (!whole) return null
  const [m11, m21, m12, m22] = [side * vy / whole, -side * vx / whole, -side * uy / whole, side * ux / whole]
  return [m11, m12, m21, m22, to[0] - m11 * a[0] - m21 * a[1], to[1] - m12 * a[0] - m22 * a[1]]
}

// The tiles that lie under some points.
export function tilesUnder (points, level) {
  const range = (axis) => [Math.min, Math.max].map((pick) => Math.floor(pick(...points.map((point) => point[axis])) / TILE_PX))
  const [[left, right], [top, bottom]] = [range(0), range(1)]
  const found = []
  for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) if (x >= 0 && y >= 0) found.push({ z: level, x, y })
  return found
}

function clamp (value, most) { return Math.min(Math.max(Math.round(value), 0), most) }
function middleOf ([west, south, east, north]) { return [(west + east) / 2, (south + north) / 2] }
