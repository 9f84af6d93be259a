// A base map under the British grid, where the deployment names one: tiles of web Mercator are laid straight on the
// grid square by square, tiles of the British grid are only moved. Without one no foreign address is ever asked.
/* global L */
import { ask } from './asking.js'
import { metresPerPixel, toPoint, windowOf } from './grid-map.js'
import { affine, british, Lattice, mercator, tileAddress, tilesUnder } from './tiles.js'

const TILE_PX = 256
const SQUARES = 4
const MARGIN = 0.7
const COARSE_PX = 110

export function baseMap (map, { baseMap: template, baseMapAttribution: attribution, baseMapGrid: grid }, { fail }) {
  return template ? new BaseMap(map, { template, attribution, grid, fail }) : null
}

class BaseMap {
  constructor (map, { template, attribution, grid, fail }) {
    Object.assign(this, { map, template, fail, isOn: true, lattice: null })
    this.tiling = grid === 'british' ? british : mercator(() => this.lattice)
    this.needsLattice = grid !== 'british'
    map.createPane('base').style.zIndex = 200
    this.layer = this.makeLayer()
    L.control.attribution({ prefix: false, position: 'bottomleft' }).addAttribution(attribution).addTo(map)
    map.on('moveend', () => this.refresh())
    this.refresh()
  }

  switch (on) {
    this.isOn = on
    if (on) this.refresh()
    else this.layer.remove()
  }

  // Tiles are drawn once it is known where the window's degrees lie; nearer to, they are asked for more closely.
  async refresh () {
    if (!this.isOn) return
    if (this.needsLattice && !this.fits()) {
      this.under?.abort()
      this.under = new AbortController()
      try {
        const bounds = windowOf(this.map, MARGIN)
        this.lattice = new Lattice(await ask(`/api/v1/lattice?bbox=${bounds}`, { signal: this.under.signal }))
        this.layer.remove()
      } catch (error) {
        if (error.name !== 'AbortError') this.fail(error)
        return
      }
    }
    if (!this.map.hasLayer(this.layer)) this.layer.addTo(this.map)
  }

  fits () {
    return this.lattice?.holds(windowOf(this.map)) && this.lattice.cellM <= COARSE_PX * metresPerPixel(this.map)
  }

  makeLayer () {
    const Tiles = L.GridLayer.extend({
      createTile: (at, done) => {
        const canvas = document.createElement('canvas')
        canvas.width = canvas.height = TILE_PX
        canvas.className = 'fm-base-tile'
        this.draw(canvas, at).then(() => done(null, canvas), (error) => done(error, canvas))
        return canvas
      }
    })
    return new Tiles({ pane: 'base', tileSize: TILE_PX, keepBuffer: 1, updateWhenZooming: false })
  }

  async draw (canvas, at) {
    const point = (x, y) => toPoint(this.map.unproject(L.point(at.x * TILE_PX + x, at.y * TILE_PX + y), at.z))
    const [left, right] = [point(0, 0), point(TILE_PX, 0)]
    const level = this.tiling.level((right[0] - left[0]) / TILE_PX)
    const side = TILE_PX / SQUARES
    const squares = []
    for (let x = 0; x < TILE_PX; x += side) {
      for (let y = 0; y < TILE_PX; y += side) {
        const corners = [[x, y], [x + side, y], [x, y + side], [x + side, y + side]].map(([u, v]) => this.tiling.pixel(point(u, v), level))
        if (corners.every(Boolean)) squares.push({ x, y, corners })
      }
    }
    const wanted = new Map(squares.flatMap(({ corners }) => tilesUnder(corners, level)).map((tile) => [tileAddress(this.template, tile), tile]))
    const pen = canvas.getContext('2d')
    await Promise.all([...wanted].map(async ([address, tile]) => {
      const image = await picture(address)
      if (image) for (const square of squares) lay(pen, image, tile, square, side)
    }))
  }
}

function lay (pen, image, tile, { x, y, corners }, side) {
  const numbers = affine(corners, [x, y], side)
  if (!numbers) return
  pen.save()
  pen.beginPath()
  pen.rect(x, y, side, side)
  pen.clip()
  pen.transform(...numbers)
  pen.drawImage(image, tile.x * TILE_PX, tile.y * TILE_PX, TILE_PX, TILE_PX)
  pen.restore()
}

// A picture that has come; null where there is none at that place.
function picture (address) {
  return new Promise((resolve) => {
    const image = new Image()
    image.onload = () => resolve(image)
    image.onerror = () => resolve(null)
    image.src = address
  })
}
