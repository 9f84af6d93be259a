import assert from 'node:assert/strict'
import { test } from 'node:test'
import { affine, british, Lattice, mercator, mercatorPixel, tileAddress, tilesUnder } from '../../app/static/js/editor/tiles.js'

const TEMPLATES = [
  ['https://tiles.example/{z}/{x}/{y}.png', 'https://tiles.example/7/63/42.png'],
  ['https://{s}.tiles.example/{z}/{x}/{y}', 'https://a.tiles.example/7/63/42'],
  ['https://w.example/?TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}', 'https://w.example/?TILEMATRIX=7&TILEROW=42&TILECOL=63'],
  ['https://w.example/EPSG:27700:{z}/{y}/{x}?key={unknown}', 'https://w.example/EPSG:27700:7/42/63?key={unknown}']
]
for (const [template, expected] of TEMPLATES) {
  test(`the address of a tile, from ${template}`, () => assert.equal(tileAddress(template, { z: 7, x: 63, y: 42 }), expected))
}

test('degrees between the corners of a cell are told straight, and none beyond the land', () => {
  const lattice = new Lattice({ bounds: [0, 0, 200, 100], size: 2, degrees: [[-2, 52], [0, 52], [-2, 54], [0, 54]] })
  assert.deepEqual(lattice.at([100, 50]), [-1, 53])
  assert.deepEqual(lattice.at([200, 0]), [0, 52])
  assert.equal(lattice.cellM, 200)
  assert.ok(lattice.holds([0, 0, 200, 100]) && !lattice.holds([0, 0, 201, 100]))
  const sea = new Lattice({ bounds: [0, 0, 1, 1], size: 2, degrees: [null, [0, 52], [-2, 54], [0, 54]] })
  assert.equal(sea.at([0.5, 0.5]), null)
})

test('web Mercator tiles: the middle of the world, and London on its known tile', () => {
  assert.deepEqual(mercatorPixel([0, 0], 0), [128, 128])
  const [x, y] = mercatorPixel([-0.1276, 51.5072], 10).map((pixel) => Math.floor(pixel / 256))
  assert.deepEqual([x, y], [511, 340])
  const lattice = new Lattice({ bounds: [0, 0, 1, 1], size: 2, degrees: [[0, 60], [0, 60], [0, 60], [0, 60]] })
  assert.equal(mercator(() => lattice).level(156543.03 / 2 / 2 ** 12), 12)
})

test('British tiles are counted from their north-west corner', () => {
  assert.deepEqual(british.pixel([-238375, 1376256], 5), [0, 0])
  assert.deepEqual(british.pixel([-238375 + 896 * 256, 1376256 - 896 * 512], 0), [256, 512])
  assert.equal(british.level(28), 5)
  assert.equal(british.level(0.001), 13)
})

test('three corners say how a square is laid', () => {
  const numbers = affine([[100, 100], [110, 102], [98, 110]], [64, 0], 64)
  const laid = ([x, y]) => [numbers[0] * x + numbers[2] * y + numbers[4], numbers[1] * x + numbers[3] * y + numbers[5]].map((each) => Math.round(each * 1e6) / 1e6)
  assert.deepEqual([laid([100, 100]), laid([110, 102]), laid([98, 110])], [[64, 0], [128, 0], [64, 64]])
  assert.equal(affine([[1, 1], [1, 1], [2, 2]], [0, 0], 64), null)
})

test('the tiles under some points', () => {
  assert.deepEqual(tilesUnder([[255, 10], [257, 300]], 3), [{ z: 3, x: 0, y: 0 }, { z: 3, x: 0, y: 1 }, { z: 3, x: 1, y: 0 }, { z: 3, x: 1, y: 1 }])
  assert.deepEqual(tilesUnder([[-300, -300]], 3), [])
})
