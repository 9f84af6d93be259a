// Places as people write them: grid references and eastings with northings. Latitudes and longitudes are for the
// server, which alone holds the exact transformation.
const LETTERS = 'ABCDEFGHJKLMNOPQRSTUVWXYZ'
const SQUARE_M = 100000
const REFERENCE = /^([HJNOST][A-HJ-Z])((?:\d\d){1,8})$/i
const NUMBERS = /^([+-]?\d+(?:\.\d+)?)[,;\s]+([+-]?\d+(?:\.\d+)?)$/

// [easting, northing] of what was typed; null where it is neither.
export function readPlace (text) {
  const typed = text.trim()
  return readReference(typed.replace(/[\s,]+/g, '')) ?? readMetres(typed)
}

function readReference (typed) {
  const found = REFERENCE.exec(typed)
  if (!found) return null
  const [first, second] = [...found[1].toUpperCase()].map((letter) => LETTERS.indexOf(letter))
  const [column, row] = [(first - 2) % 5 * 5 + second % 5, 19 - Math.floor(first / 5) * 5 - Math.floor(second / 5)]
  const half = found[2].length / 2
  const side = 10 ** (5 - half)
  const [east, north] = [found[2].slice(0, half), found[2].slice(half)].map((digits) => Number(digits) * side)
  // A reference names a square; down to the metre its corner is what people mean, above that its middle.
  const middle = side > 1 ? side / 2 : 0
  return [column * SQUARE_M + east + middle, row * SQUARE_M + north + middle].map((value) => Math.round(value * 1000) / 1000)
}

function readMetres (typed) {
  const found = NUMBERS.exec(typed)
  if (!found) return null
  const [e, n] = [Number(found[1]), Number(found[2])]
  const isDegrees = Math.min(e, n) >= -9 && Math.max(e, n) <= 61
  return !isDegrees && e >= 0 && e <= 700000 && n >= 0 && n <= 1300000 ? [e, n] : null
}

// A point as a grid reference of ten figures (one metre): SO 62500 75500.
export function gridReference ([easting, northing]) {
  const [e, n] = [Math.floor(easting), Math.floor(northing)]
  const [column, row] = [Math.floor(e / SQUARE_M), Math.floor(n / SQUARE_M)]
  const first = LETTERS[(3 - Math.floor(row / 5)) * 5 + Math.floor(column / 5) + 2]
  const second = LETTERS[(4 - row % 5) * 5 + column % 5]
  const digits = (value) => String(value % SQUARE_M).padStart(5, '0')
  return `${first}${second} ${digits(e)} ${digits(n)}`
}

export function metres ([easting, northing]) {
  return `${easting}, ${northing}`
}
